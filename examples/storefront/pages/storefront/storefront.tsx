import { BasketProvider } from '../basket.tsx'
import { PageFrame } from '../page-frame.tsx'
import type { PageProps } from '../start-page.tsx'
import { Checkout } from './checkout.tsx'
import { SavedPage } from './saved-page.tsx'

/** What visitors see: the page as the editor saved it, and the checkout below. */
export function Storefront({ settings: { tenant }, shop }: PageProps) {
  return (
    <PageFrame here="/" tenant={tenant}>
      <BasketProvider>
        <main>
          <SavedPage shop={shop} />
          <Checkout />
        </main>
      </BasketProvider>
      <footer className="foot">
        A made-up shop. What customers say and the delivery prices are plugins of {tenant}.
      </footer>
    </PageFrame>
  )
}
