import { lazy, useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import type { PluginApi } from '../../../src/index.ts'
import { greeting } from './words.ts'

export const Details = lazy(() => import('./details.tsx'))

interface Props {
  plexica: PluginApi
  /** Field with a default. */
  punctuation: string
  /** From the extension point. */
  place?: string
}

export function Greeting({ plexica, punctuation, place }: Props) {
  const [clicks, setClicks] = useState(0)
  const [answers, setAnswers] = useState<string[]>([])
  const { request } = plexica
  useEffect(() => {
    const ask = (permission: string) =>
      request(permission, { days: 7 }).then(
        (answer) => `${permission}: ${JSON.stringify(answer)}`,
        (error) => `${permission}: ${error.code}`,
      )
    Promise.all(['orders:read', 'orders:write', 'customers:read'].map(ask)).then(setAnswers)
  }, [request])
  return (
    <section>
      <h2>
        {greeting}, {String(plexica.configuration.name)}
        {punctuation}
      </h2>
      <p>
        {plexica.tenantId} at {place}
      </p>
      <button type="button" onClick={() => setClicks(clicks + 1)}>
        {clicks} clicks
      </button>
      {createPortal(<p>Through a portal</p>, document.body)}
      <ul>
        {answers.map((answer) => (
          <li key={answer}>{answer}</li>
        ))}
      </ul>
    </section>
  )
}
