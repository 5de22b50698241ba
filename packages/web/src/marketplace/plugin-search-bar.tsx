import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Search, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { IconButton } from '../design/button.tsx'
import { useTexts } from '../language/language.tsx'
import styles from './plugin-search-bar.module.css'
import { suggestPluginsQuery } from './search-plugins.ts'
import { SuggestionList } from './suggestion-list.tsx'
import { useSlashKey } from './use-slash-key.ts'
import { useTypedSearch } from './use-typed-search.ts'

/**
 * Where one types what is looked for: the list below follows, and plugins whose name it may be are offered at once (the
 * combobox with a list of WAI-ARIA APG: the focus stays in the field, arrows choose, Enter opens, Escape closes).
 */
export function PluginSearchBar() {
  const texts = useTexts().marketplace
  const { text, asked, type } = useTypedSearch()
  const navigate = useNavigate()
  const [isOpen, setOpen] = useState(false)
  const [chosen, setChosen] = useState(-1)
  const input = useRef<HTMLInputElement>(null)
  const id = useId()
  useSlashKey(input)
  const { data } = useQuery({ ...suggestPluginsQuery(asked), enabled: isOpen && asked !== '' })
  const offered = (asked !== '' && data?.suggestions) || []
  const suggestions = isOpen ? offered : []
  const isShown = suggestions.length > 0
  // Fewer may have come since one was chosen.
  const active = chosen < suggestions.length ? chosen : -1

  // What was chosen last is seen, however long the list.
  useEffect(() => {
    if (active >= 0) document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' })
  }, [active, id])

  const close = () => {
    setOpen(false)
    setChosen(-1)
  }
  const change = (next: string) => {
    type(next)
    setOpen(next.trim() !== '')
    setChosen(-1)
  }
  const open = (index: number) => {
    const suggestion = suggestions[index]
    if (!suggestion) return
    close()
    void navigate({ to: '/plugins/$pluginId', params: { pluginId: suggestion.id } })
  }
  const move = (by: 1 | -1) => {
    setOpen(true)
    // Before the first and after the last there is the field itself.
    const places = offered.length + 1
    setChosen(((active + 1 + by + places) % places) - 1)
  }
  const keys: Record<string, () => void> = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Escape: () => (isShown ? close() : change('')),
    Enter: () => (active >= 0 ? open(active) : close()),
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // Whoever composes letters has these keys for that.
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return
    const act = keys[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  return (
    <search className={styles.search}>
      <Search size={18} className={styles.picture} aria-hidden />
      <input
        ref={input}
        type="text"
        role="combobox"
        className={styles.input}
        aria-label={texts.search}
        aria-autocomplete="list"
        aria-expanded={isShown}
        aria-controls={`${id}-list`}
        aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
        aria-keyshortcuts="/"
        placeholder={texts.searchHint}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="search"
        maxLength={200}
        dir="auto"
        value={text}
        onChange={({ target }) => change(target.value)}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      {text === '' ? (
        <kbd className={styles.key} aria-hidden>
          /
        </kbd>
      ) : (
        <IconButton
          label={texts.clearSearch}
          small
          className={styles.clear ?? ''}
          onClick={() => {
            change('')
            input.current?.focus()
          }}
        >
          <X size={16} aria-hidden />
        </IconButton>
      )}
      <SuggestionList id={id} suggestions={suggestions} active={active} onOpen={open} />
    </search>
  )
}
