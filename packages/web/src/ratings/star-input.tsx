import { Star } from 'lucide-react'
import { useEffect, useId, useRef, useState } from 'react'
import { useTexts } from '../language/language.tsx'
import styles from './star-input.module.css'

const choices = [1, 2, 3, 4, 5]

/** One to five stars: a group of radio buttons, so that arrow keys and pointers choose as everywhere. */
export function StarInput({
  legend,
  value,
  onChange,
  error,
  autoFocus = false,
}: {
  legend: string
  value: number | undefined
  onChange: (stars: number) => void
  error?: string | undefined
  /** For a form that takes the place of what had the focus. */
  autoFocus?: boolean
}) {
  const texts = useTexts().ratings
  const id = useId()
  const [pointed, setPointed] = useState<number>()
  const chosen = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (autoFocus) chosen.current?.focus()
  }, [autoFocus])
  const lit = pointed ?? value ?? 0
  return (
    <fieldset className={styles.group} aria-describedby={error ? `${id}-error` : undefined}>
      <legend className={styles.legend}>{legend}</legend>
      <div className={styles.stars} onPointerLeave={() => setPointed(undefined)}>
        {choices.map((stars) => (
          <label key={stars} className={styles.star} onPointerEnter={() => setPointed(stars)} data-lit={stars <= lit}>
            <input
              ref={stars === (value ?? 1) ? chosen : undefined}
              type="radio"
              name={id}
              value={stars}
              checked={stars === value}
              onChange={() => onChange(stars)}
              className="visually-hidden"
            />
            <Star size={28} aria-hidden />
            <span className="visually-hidden">{texts.stars(stars)}</span>
          </label>
        ))}
        {lit > 0 && (
          <span className={styles.words} aria-hidden>
            {texts.stars(lit)}
          </span>
        )}
      </div>
      <p id={`${id}-error`} className={styles.error} role="alert">
        {error}
      </p>
    </fieldset>
  )
}
