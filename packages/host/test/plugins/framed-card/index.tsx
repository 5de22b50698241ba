import { useEffect, useState } from 'react'
import { greeting } from './greeting.ts'

interface Props {
  name: string
  onChoose?: unknown
  node?: unknown
  plexica: {
    tenantId: string
    configuration: Readonly<Record<string, unknown>>
    request(permission: string, input?: unknown): Promise<unknown>
  }
}

/** Shows everything that a frame passes on: props, configuration, answers, chunks and assets. */
export function FramedCard({ name, plexica, ...rest }: Props) {
  const [clicks, setClicks] = useState(0)
  const [answer, setAnswer] = useState('')
  const [later, setLater] = useState('')
  useEffect(() => {
    plexica.request('orders:read', { days: 7 }).then(String, String).then(setAnswer)
    import('./later.ts').then((module) => setLater(module.later))
  }, [plexica])
  return (
    <>
      <h1>{greeting(name, String(plexica.configuration.shop))}</h1>
      <p>
        {plexica.tenantId} | {answer} | {later} | {Object.keys(rest).join()}
      </p>
      <button type="button" onClick={() => setClicks(clicks + 1)}>
        {clicks} clicks
      </button>
      <img alt="The icon" src={new URL('./assets/icon.svg', import.meta.url).href} />
      <div style={{ blockSize: clicks * 500 }} />
    </>
  )
}

export function ThrowsAtRender(): never {
  throw new Error('cannot draw')
}

/** Asks for more at once than a frame may have open, as an honest plugin well may. */
export function Asker({ plexica }: Props) {
  const [told, setTold] = useState('asking')
  useEffect(() => {
    const asked = Array.from({ length: 120 }, () => plexica.request('orders:read'))
    Promise.all(asked).then((answers) => setTold(`${answers.length} answers`))
  }, [plexica])
  return <p>{told}</p>
}
