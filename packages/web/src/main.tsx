import './design/base.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { defaultParseSearch, RouterProvider } from '@tanstack/react-router'
import { StrictMode, startTransition } from 'react'
import { createRoot } from 'react-dom/client'
import { createQueryClient } from './app/query-client.ts'
import { router } from './app/router.tsx'
import { sessionQuery } from './app/session.ts'
import { applyTheme, preferredTheme } from './app/theme.ts'
import { ToastProvider } from './design/toast.tsx'
import { LanguageProvider } from './language/language.tsx'
import { loadTexts, preferredLanguage } from './language/texts.ts'
import { parseMarketplaceSearch } from './marketplace/marketplace-search.ts'
import { prefetchMarketplace } from './marketplace/search-plugins.ts'

applyTheme(preferredTheme())
const queries = createQueryClient()
const language = preferredLanguage()
// A registry that does not answer is a matter of each page; nobody is signed in then.
const session = queries
  .fetchQuery(sessionQuery)
  .catch(() => queries.setQueryData(sessionQuery.queryKey, { session: null }))
const { pathname, search } = window.location
if (pathname === '/') prefetchMarketplace(queries, parseMarketplaceSearch(defaultParseSearch(search)))
const [texts] = await Promise.all([loadTexts(language), session])

const place = document.getElementById('root')
if (!place) throw new Error('The page has no place for its content.')
const app = (
  <StrictMode>
    <LanguageProvider language={language} texts={texts}>
      <QueryClientProvider client={queries}>
        <ToastProvider>
          <RouterProvider router={router} />
        </ToastProvider>
      </QueryClientProvider>
    </LanguageProvider>
  </StrictMode>
)
// In slices: who touches a slow phone meanwhile is heard.
startTransition(() => createRoot(place).render(app))
