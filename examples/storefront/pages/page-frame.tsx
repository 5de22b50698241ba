import type { ReactNode } from 'react'

const pages = [
  { path: '/', name: 'Shop' },
  { path: '/admin', name: 'Back office' },
  { path: '/editor', name: 'Page editor' },
]

interface Props {
  /** Path of this page. */
  here: string
  tenant: string
  /** What else stands at the right of the bar. */
  actions?: ReactNode
  children: ReactNode
}

/** The bar with the way to the other pages, and what stands below it. */
export function PageFrame({ here, tenant, actions, children }: Props) {
  return (
    <>
      <header className="top">
        <a className="brand" href="/">
          <Mark />
          Harbor & Pine
        </a>
        <nav aria-label="Pages">
          {pages.map(({ path, name }) => (
            <a key={path} href={path} aria-current={path === here ? 'page' : undefined}>
              {name}
            </a>
          ))}
        </nav>
        <div className="top-end">{actions ?? <span className="tenant">{tenant}</span>}</div>
      </header>
      {children}
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
