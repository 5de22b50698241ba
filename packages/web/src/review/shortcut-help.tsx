import { Keyboard } from 'lucide-react'
import { Button } from '../design/button.tsx'
import { Dialog } from '../design/dialog.tsx'
import { Choice } from '../design/field.tsx'
import { useTexts } from '../language/language.tsx'
import styles from './shortcut-help.module.css'

export type Shortcut = 'a' | 'r' | 'c' | 'j' | 'k' | '?'

/** A button that shows which keys do what, and where they are turned off. */
export function ShortcutHelp({
  keys,
  open,
  onOpen,
  on,
  turn,
}: {
  keys: readonly Shortcut[]
  open: boolean
  onOpen: (open: boolean) => void
  on: boolean
  turn: (on: boolean) => void
}) {
  const texts = useTexts().review
  return (
    <>
      <Button kind="quiet" small icon={<Keyboard size={18} aria-hidden />} onClick={() => onOpen(true)}>
        {texts.shortcuts}
        {on && <kbd className={styles.key}>?</kbd>}
      </Button>
      <Dialog open={open} onClose={() => onOpen(false)} title={texts.shortcuts} lead={texts.shortcutsLead}>
        <dl className={styles.keys}>
          {keys.map((key) => (
            <div key={key} className={styles.row}>
              <dt>
                <kbd className={styles.key}>{key}</kbd>
              </dt>
              <dd>{texts.keys[key]}</dd>
            </div>
          ))}
        </dl>
        <Choice label={texts.shortcutsOn} checked={on} onChange={({ target }) => turn(target.checked)} />
      </Dialog>
    </>
  )
}
