import { Tabs as Primitive } from 'radix-ui'
import { type ReactNode, useEffect, useRef } from 'react'
import styles from './tabs.module.css'

export interface Tab {
  readonly id: string
  readonly title: ReactNode
  readonly content: ReactNode
}

/** Parts of a page of which one is seen; `selected` may stand in the address. */
export function Tabs({
  tabs,
  selected,
  onSelect,
  label,
}: {
  tabs: readonly Tab[]
  selected: string
  onSelect: (id: string) => void
  label: string
}) {
  // Where the list scrolls, the selected one is seen.
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const tab = list.current?.querySelector(`[data-tab="${CSS.escape(selected)}"]`)
    if (!list.current || !tab) return
    list.current.scrollLeft += tab.getBoundingClientRect().left - list.current.getBoundingClientRect().left
  }, [selected])
  return (
    <Primitive.Root value={selected} onValueChange={onSelect}>
      <Primitive.List ref={list} aria-label={label} className={styles.list}>
        {tabs.map(({ id, title }) => (
          <Primitive.Trigger key={id} value={id} data-tab={id} className={styles.tab}>
            {title}
          </Primitive.Trigger>
        ))}
      </Primitive.List>
      {tabs.map(({ id, content }) => (
        <Primitive.Content key={id} value={id} className={styles.content}>
          {content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  )
}
