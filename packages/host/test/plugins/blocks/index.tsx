import { type ComponentType, useState } from 'react'

type Values = Readonly<Record<string, unknown>>

/** Shows the values that it gets, and what is in its slot. */
export function Values({ plexica: _, ...props }: Values) {
  const Slot = props.slot as ComponentType | undefined
  return (
    <>
      <pre data-values="">{JSON.stringify(props)}</pre>
      {Slot && (
        <div data-slot="">
          <Slot />
        </div>
      )}
    </>
  )
}

/** Renders what stands in its slot, with a text that is another one after each start. */
export function Columns({ title, ...slots }: { title?: string; items?: ComponentType; content?: ComponentType }) {
  const Items = slots.items ?? slots.content
  const [started] = useState(() => crypto.randomUUID())
  return (
    <section data-columns="">
      <h3>{title}</h3>
      <code>{started}</code>
      {Items && <Items />}
    </section>
  )
}

/** Throws for one of its values. */
export function Fragile({ mood }: { mood?: string }) {
  if (mood === 'bad') throw new Error('cannot draw this mood')
  return <p>A {mood} mood</p>
}

/** What the platform tells it. */
export function Told({ plexica, ...props }: { plexica: { tenantId: string; configuration: Values } } & Values) {
  return (
    <p data-told="">
      {plexica.tenantId} {String(plexica.configuration.colour)} {Object.keys(props).join(',')}
    </p>
  )
}
