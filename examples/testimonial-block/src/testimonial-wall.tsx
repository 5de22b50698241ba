import type { CSSProperties } from 'react'
import { Markdown } from './markdown.tsx'
import type { PluginApi } from './plexica.ts'
import { choiceOf, colourOf, type Quote, readQuotes, textOf } from './quote.ts'
import { Author, Stars } from './quote-parts.tsx'
import { PluginStyles } from './styles.tsx'
import { fallbackAccent } from './testimonial.tsx'

/** The values of the fields; the editor may hand over less, or what an older version saved. */
export interface TestimonialWallProps {
  plexica: PluginApi
  heading?: string
  introduction?: string
  columns?: number
  layout?: 'masonry' | 'rows'
  alignment?: 'start' | 'center'
  showStars?: boolean
  accent?: string
  quotes?: { quote?: string; author?: string; role?: string; stars?: number; photo?: string }[]
}

/** Many customers' words side by side. For the page editor. */
export function TestimonialWall(props: TestimonialWallProps) {
  const quotes = readQuotes(props.quotes)
  const heading = textOf(props.heading)
  const introduction = textOf(props.introduction)
  const layout = choiceOf(props.layout, ['masonry', 'rows'])
  const alignment = choiceOf(props.alignment, ['start', 'center'])
  const style = {
    '--testimonial-block-accent': colourOf(props.accent, fallbackAccent),
    '--testimonial-block-columns': columnsOf(props.columns),
  } as CSSProperties
  return (
    <section
      className={`testimonial-block testimonial-block-${alignment}`}
      style={style}
      aria-label={heading || 'Testimonials'}
    >
      <PluginStyles />
      {(heading || introduction) && (
        <header className="testimonial-block-header">
          {heading && <h2>{heading}</h2>}
          {introduction && <Markdown text={introduction} />}
        </header>
      )}
      {quotes.length === 0 ? (
        <p className="testimonial-block-role">Add the first quote in the panel beside the page.</p>
      ) : (
        <ul className={`testimonial-block-wall testimonial-block-${layout}`}>
          {withKeys(quotes).map(({ key, quote }) => (
            <li key={key}>
              <figure className="testimonial-block-single testimonial-block-card">
                {props.showStars !== false && <Stars stars={quote.stars} />}
                <blockquote className="testimonial-block-words">
                  <Markdown text={quote.text} />
                </blockquote>
                <Author quote={quote} />
              </figure>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** Whole, 1 to 4; 3 when the editor says nothing. */
function columnsOf(columns: unknown): number {
  return typeof columns === 'number' && Number.isFinite(columns) ? Math.min(4, Math.max(1, Math.round(columns))) : 3
}

/** A quote is its words; the same words twice are told apart by their number. */
function withKeys(quotes: readonly Quote[]): { key: string; quote: Quote }[] {
  const seen = new Map<string, number>()
  return quotes.map((quote) => {
    const words = `${quote.author}: ${quote.text}`
    const count = (seen.get(words) ?? 0) + 1
    seen.set(words, count)
    return { key: `${words} ${count}`, quote }
  })
}
