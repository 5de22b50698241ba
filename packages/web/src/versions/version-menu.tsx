import { Ellipsis } from 'lucide-react'
import { IconButton } from '../design/button.tsx'
import { Menu, MenuItem } from '../design/menu.tsx'
import { useTexts } from '../language/language.tsx'
import type { VersionAct } from './version-acts.ts'

/** What can be done about one version; nothing where nothing can. */
export function VersionMenu({
  version,
  acts,
  onAct,
}: {
  version: string
  acts: readonly VersionAct[]
  onAct: (act: VersionAct) => void
}) {
  const texts = useTexts().versions
  if (acts.length === 0) return null
  return (
    <Menu
      trigger={
        <IconButton label={texts.actionsFor(version)} small>
          <Ellipsis size={18} aria-hidden />
        </IconButton>
      }
    >
      {acts.map((act) => (
        <MenuItem key={act} danger={act === 'remove'} onSelect={() => onAct(act)}>
          {texts[act]}
        </MenuItem>
      ))}
    </Menu>
  )
}
