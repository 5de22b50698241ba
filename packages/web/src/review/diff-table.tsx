import { useState } from 'react'
import { Button } from '../design/button.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import type { DiffLine } from './diff-lines.ts'
import styles from './diff-table.module.css'

/** Lines that are shown at once; more come when somebody asks. */
const page = 300

/** Characters of a line. Minified code has lines that no screen shows. */
const mostCharacters = 500

const signs = { added: '+', removed: '−', same: '', gap: '' } as const

/** Lines of a file with their numbers before and after; what came and went has a sign, which is also said. */
export function DiffTable({ label, lines }: { label: string; lines: readonly DiffLine[] }) {
  const texts = useTexts().review
  const { number } = useFormat()
  const [most, setMost] = useState(page)
  const words = { added: texts.addedLine, removed: texts.removedLine, same: '', gap: '' }
  const left = lines.length - most
  return (
    <div className={styles.diff}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <section className={styles.scroller} tabIndex={0} aria-label={label}>
        <table className={styles.table} dir="ltr">
          <thead className="visually-hidden">
            <tr>
              <th scope="col">{texts.before}</th>
              <th scope="col">{texts.after}</th>
              <th scope="col">{texts.change}</th>
              <th scope="col">{texts.file}</th>
            </tr>
          </thead>
          <tbody>
            {lines.slice(0, most).map(({ mark, before, after, text }, index) => (
              <tr key={index} className={styles[mark]}>
                <td className={styles.number}>{before}</td>
                <td className={styles.number}>{after}</td>
                <td className={styles.sign}>
                  <span aria-hidden>{signs[mark]}</span>
                  <span className="visually-hidden">{words[mark]}</span>
                </td>
                <td className={styles.text}>
                  {text.slice(0, mostCharacters)}
                  {text.length > mostCharacters && (
                    <em className={styles.cut}>{texts.minified(number(text.length))}</em>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {left > 0 && (
        <Button small onClick={() => setMost(most + 4 * page)}>
          {texts.moreLines(number(Math.min(left, 4 * page)))}
        </Button>
      )}
    </div>
  )
}
