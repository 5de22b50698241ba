import { ExternalLink } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTexts } from '../language/language.tsx'
import styles from './outside-link.module.css'

/** A link that a plugin’s author gave, in a tab of its own; only the text where it leads to no web page. */
export function OutsideLink({ href, children }: { href: string | undefined; children: ReactNode }) {
  const texts = useTexts().plugin
  if (!isWebPage(href)) return children
  return (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow ugc">
      {children}
      <ExternalLink size="0.85em" className={styles.picture} aria-hidden />
      <span className="visually-hidden"> {texts.outside}</span>
    </a>
  )
}

function isWebPage(href: string | undefined): boolean {
  return href !== undefined && ['https:', 'http:'].includes(URL.parse(href)?.protocol ?? '')
}
