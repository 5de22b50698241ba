import { type ComponentType, useState } from 'react'

type Values = Readonly<Record<string, unknown>>

/** Shows the values that it gets. */
export function Values({ plexica: _, ...props }: Values) {
  return <pre data-values="">{JSON.stringify(props)}</pre>
}

/** Renders what stands in its slot, and counts, so that a new start shows. */
export function Columns({ title, items: Items }: { title?: string; items?: ComponentType }) {
  const [clicks, setClicks] = useState(0)
  return (
    <section data-columns="">
      <h3>{title}</h3>
      <button type="button" onClick={() => setClicks(clicks + 1)}>
        {clicks} clicks
      </button>
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
