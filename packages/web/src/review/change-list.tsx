import { useState } from 'react'
import { Badge } from '../design/badge.tsx'
import { Button } from '../design/button.tsx'
import { useFormat, useTexts } from '../language/language.tsx'
import styles from './change-list.module.css'
import type { Change } from './changes.ts'

/** Lines that are shown before somebody asks for more. */
const shown = 12

/** Characters of a value. */
const mostCharacters = 200

/** What came, went and changed: each said by a word and a sign, not by colour alone. */
export function ChangeList({
  changes,
  left,
  warnAdded = false,
}: {
  changes: readonly Change[]
  left: number
  /** Whether what came lets the plugin do more. */
  warnAdded?: boolean
}) {
  const { review: texts, design } = useTexts()
  const { number } = useFormat()
  const [open, setOpen] = useState(false)
  const tones = { added: warnAdded ? ('warn' as const) : ('good' as const), removed: 'bad', changed: 'info' } as const
  const cut = open ? 0 : Math.max(0, changes.length - shown)
  return (
    <div className={styles.list}>
      <ul className="plain-list">
        {changes.slice(0, changes.length - cut).map(({ mark, name, before, after }) => (
          <li key={`${mark} ${name}`} className={styles.change}>
            <Badge tone={tones[mark]}>{texts.marks[mark]}</Badge>
            <span className={styles.words}>
              <code className={styles.name}>{name}</code>{' '}
              {before !== undefined && <del className={styles.before}>{clipped(before)}</del>}
              {before !== undefined && after !== undefined && ' → '}
              {after !== undefined && <ins className={styles.after}>{clipped(after)}</ins>}
            </span>
          </li>
        ))}
      </ul>
      {cut > 0 && (
        <Button kind="quiet" small onClick={() => setOpen(true)}>
          {design.more} ({number(cut)})
        </Button>
      )}
      {cut === 0 && left > 0 && <p className={styles.left}>{texts.more(number(left))}</p>}
    </div>
  )
}

function clipped(text: string): string {
  return text.length > mostCharacters ? `${text.slice(0, mostCharacters)}…` : text
}
