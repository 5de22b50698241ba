import type { Platform } from '@plexica/manifest-schema/validate'
import { Choice, ChoiceGroup } from '../design/field.tsx'
import { useTexts } from '../language/language.tsx'
import styles from './grants.module.css'

interface GrantsProps {
  legend: string
  names: readonly string[]
  granted: readonly string[]
  onGrant: (granted: readonly string[]) => void
  /** Somebody has gone on without granting all of them. */
  tried: boolean
  /** What a name stands for. */
  words?: (name: string) => string
}

/** What a plugin asks for, granted one by one: none on somebody's behalf. */
export function Grants({ legend, names, granted, onGrant, tried, words = () => '' }: GrantsProps) {
  const texts = useTexts().install
  const turn = (name: string, on: boolean) =>
    onGrant(names.filter((one) => (one === name ? on : granted.includes(one))))
  const isOpen = names.some((name) => !granted.includes(name))
  return (
    <ChoiceGroup legend={legend}>
      {names.map((name) => (
        <Choice
          key={name}
          label={words(name) || <code>{name}</code>}
          hint={words(name) && <code>{name}</code>}
          checked={granted.includes(name)}
          aria-invalid={(tried && !granted.includes(name)) || undefined}
          onChange={({ target }) => turn(name, target.checked)}
        />
      ))}
      <p className={styles.error} role="alert">
        {tried && isOpen && texts.grantAll}
      </p>
    </ChoiceGroup>
  )
}

/** The platform's own words for its permissions. */
export function permissionWords(platform: Platform | null | undefined): (name: string) => string {
  const words = new Map(platform?.permissions.map(({ name, description }) => [name, description]))
  return (name) => words.get(name) ?? ''
}
