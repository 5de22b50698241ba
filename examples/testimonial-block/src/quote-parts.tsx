import { useState } from 'react'
import { initials, type Quote } from './quote.ts'

const path = 'M10 1.6l2.6 5.3 5.8.8-4.2 4.1 1 5.8-5.2-2.7-5.2 2.7 1-5.8L1.6 7.7l5.8-.8z'
const places = [0, 1, 2, 3, 4]

/** Five stars, of which halves may be filled; read out as one picture. */
export function Stars({ stars }: { stars: number }) {
  if (stars === 0) return null
  return (
    <svg
      className="testimonial-block-stars"
      viewBox="0 0 108 20"
      width="108"
      height="20"
      role="img"
      aria-label={`${stars} of 5 stars`}
    >
      <StarRow className="testimonial-block-stars-empty" />
      {/* The clip is a nested viewport, which needs no id that could be in the page twice. */}
      <svg viewBox={`0 0 ${filledWidth(stars)} 20`} width={filledWidth(stars)} height="20" aria-hidden="true">
        <StarRow className="testimonial-block-stars-filled" />
      </svg>
    </svg>
  )
}

/** A star is 20 wide and stands every 22. */
function filledWidth(stars: number): number {
  return Math.floor(stars) * 22 + (stars % 1) * 20
}

function StarRow({ className }: { className: string }) {
  return (
    <g className={className}>
      {places.map((place) => (
        <path key={place} d={path} transform={`translate(${place * 22} 0)`} />
      ))}
    </g>
  )
}

/** Who said it, with a picture or, without one that loads, the initials. */
export function Author({ quote }: { quote: Quote }) {
  const [broken, setBroken] = useState('')
  if (quote.author === '' && quote.role === '') return null
  return (
    <figcaption className="testimonial-block-author">
      {quote.photo && quote.photo !== broken ? (
        <img src={quote.photo} alt="" width={48} height={48} loading="lazy" onError={() => setBroken(quote.photo)} />
      ) : (
        quote.author && (
          <span className="testimonial-block-initials" aria-hidden="true">
            {initials(quote.author)}
          </span>
        )
      )}
      <span>
        {quote.author && <cite>{quote.author}</cite>}
        {quote.role && <span className="testimonial-block-role">{quote.role}</span>}
      </span>
    </figcaption>
  )
}
