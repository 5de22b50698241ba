import { useEffect, useEffectEvent, useState } from 'react'

const stored = 'plexica-shortcuts'

/** Whether single keys do something here (WCAG 2.1.4 wants them to be turned off), for this browser. */
export function useShortcutChoice(): readonly [on: boolean, turn: (on: boolean) => void] {
  const [on, setOn] = useState(() => localStorage.getItem(stored) !== 'off')
  const turn = (next: boolean) => {
    localStorage.setItem(stored, next ? 'on' : 'off')
    setOn(next)
  }
  return [on, turn]
}

/** Does what stands under a key when it is pressed alone: not while something is typed, and not behind a dialog. */
export function useShortcuts(on: boolean, actions: Readonly<Record<string, () => void>>): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const action = Object.hasOwn(actions, event.key) ? actions[event.key] : undefined
    if (!action || event.ctrlKey || event.metaKey || event.altKey || event.repeat || isBusy(event.target)) return
    event.preventDefault()
    action()
  })
  useEffect(() => {
    if (!on) return
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [on])
}

function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('[role="dialog"]')) return true
  if (!(target instanceof HTMLElement)) return false
  const isBox = target instanceof HTMLInputElement && ['checkbox', 'radio', 'button'].includes(target.type)
  return !isBox && target.matches('input, textarea, select, [contenteditable]')
}
