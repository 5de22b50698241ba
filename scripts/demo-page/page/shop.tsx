import { Checkout } from './checkout.tsx'
import { Content } from './content.tsx'
import { Dashboard } from './dashboard.tsx'
import { PluginList } from './plugin-list.tsx'

const sections = [
  { id: 'dashboard', name: 'Dashboard' },
  { id: 'checkout', name: 'Checkout' },
  { id: 'pages', name: 'Pages' },
]

export function Shop({ tenant }: { tenant: string }) {
  return (
    <>
      <header className="top">
        <a className="brand" href="#dashboard">
          <Mark />
          Harbor & Pine
        </a>
        <nav aria-label="Sections">
          {sections.map(({ id, name }) => (
            <a key={id} href={`#${id}`}>
              {name}
            </a>
          ))}
        </nav>
        <span className="tenant">{tenant}</span>
      </header>
      <PluginList tenant={tenant} />
      <main>
        <Dashboard />
        <Checkout />
        <Content />
      </main>
      <footer className="foot">
        A made-up shop. Everything in a dashed frame comes from plugins of the tenant {tenant}.
      </footer>
    </>
  )
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" width="30" height="30" aria-hidden="true">
      <path className="mark-tree" d="M16 2 9.5 12h3.2L7.5 20H24.5l-5.2-8h3.2z" />
      <path className="mark-wave" d="M3 24.5c3.3 0 3.3 2.5 6.5 2.5s3.3-2.5 6.5-2.5 3.3 2.5 6.5 2.5 3.3-2.5 6.5-2.5" />
    </svg>
  )
}
