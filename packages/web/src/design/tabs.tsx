import { Tabs as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'
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
  return (
    <Primitive.Root value={selected} onValueChange={onSelect}>
      <Primitive.List aria-label={label} className={styles.list}>
        {tabs.map(({ id, title }) => (
          <Primitive.Trigger key={id} value={id} className={styles.tab}>
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
