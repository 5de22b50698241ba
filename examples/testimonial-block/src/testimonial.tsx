import type { CSSProperties } from 'react'
import { Markdown } from './markdown.tsx'
import type { PluginApi } from './plexica.ts'
import { choiceOf, colourOf, linkAddress, readQuote, textOf } from './quote.ts'
import { Author, Stars } from './quote-parts.tsx'
import { PluginStyles } from './styles.tsx'

export const fallbackAccent = '#5b5bd6'

/** The values of the fields; the editor may hand over less, or what an older version saved. */
export interface TestimonialProps {
  plexica: PluginApi
  quote?: string
  author?: string
  role?: string
  photo?: string
  stars?: number
  layout?: 'card' | 'plain' | 'side'
  alignment?: 'start' | 'center'
  showMark?: boolean
  accent?: string
  link?: { label?: string; url?: string }
}

/** One customer's words, large. For the page editor. */
export function Testimonial(props: TestimonialProps) {
  const quote = readQuote(props)
  const layout = choiceOf(props.layout, ['card', 'plain', 'side'])
  const alignment = choiceOf(props.alignment, ['start', 'center'])
  const address = linkAddress(props.link?.url)
  const label = textOf(props.link?.label)
  return (
    <div className="testimonial-block">
      <PluginStyles />
      <figure
        className={`testimonial-block-single testimonial-block-${layout} testimonial-block-${alignment}`}
        style={{ '--testimonial-block-accent': colourOf(props.accent, fallbackAccent) } as CSSProperties}
      >
        {props.showMark !== false && <QuoteMark />}
        <Stars stars={quote.stars} />
        <blockquote className="testimonial-block-words">
          {quote.text ? (
            <Markdown text={quote.text} />
          ) : (
            <p className="testimonial-block-role">Write the quote here.</p>
          )}
        </blockquote>
        <Author quote={quote} />
        {address && label && (
          <a className="testimonial-block-link" href={address}>
            {label}
          </a>
        )}
      </figure>
    </div>
  )
}

function QuoteMark() {
  return (
    <svg className="testimonial-block-mark" viewBox="0 0 48 36" width="48" height="36" aria-hidden="true">
      <path d="M0 36V21C0 9 6 2 18 0l2 5c-7 2-10 6-10 11h9v20zm27 0V21C27 9 33 2 45 0l2 5c-7 2-10 6-10 11h9v20z" />
    </svg>
  )
}
