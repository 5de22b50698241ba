import type { Suggestion } from '@plexica/api'
import { PluginIcon } from '../design/plugin-icon.tsx'
import { useTexts } from '../language/language.tsx'
import styles from './plugin-search-bar.module.css'

/** The list under the search field. Its field has the focus and says which one is chosen. */
export function SuggestionList({
  id,
  suggestions,
  active,
  onOpen,
}: {
  id: string
  suggestions: readonly Suggestion[]
  active: number
  onOpen: (index: number) => void
}) {
  const { marketplace: texts, categories } = useTexts()
  return (
    <>
      <div
        id={`${id}-list`}
        role="listbox"
        aria-label={texts.suggestions}
        className={styles.list}
        hidden={suggestions.length === 0}
      >
        {suggestions.map((suggestion, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys, as a combobox does
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus, as a combobox does
          <div
            key={suggestion.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            className={styles.option}
            // The focus stays in the field.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onOpen(index)}
          >
            <PluginIcon id={suggestion.id} name={suggestion.name} icon={suggestion.icon} size={28} />
            <span className={styles.name} dir="auto">
              {suggestion.name}
            </span>
            <span className={styles.category}>{categories[suggestion.category]}</span>
          </div>
        ))}
      </div>
      <p role="status" className="visually-hidden">
        {suggestions.length > 0 && texts.suggested(suggestions.length)}
      </p>
    </>
  )
}
