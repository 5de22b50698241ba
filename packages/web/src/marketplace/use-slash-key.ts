import { type RefObject, useEffect } from 'react'

/** `/` puts the focus into the field, unless somebody is typing somewhere. */
export function useSlashKey(field: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { key, target, altKey, ctrlKey, metaKey, isComposing, defaultPrevented } = event
      if (key !== '/' || altKey || ctrlKey || metaKey || isComposing || defaultPrevented) return
      const isTyping =
        target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select, dialog'))
      if (isTyping) return
      event.preventDefault()
      field.current?.focus()
      field.current?.select()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [field])
}
