import { useEffect, useState } from 'react'
import { type Addresses, attempts, leaks, tryAll } from './attempts.ts'

interface Props {
  addresses: Addresses
  /** A permission that the tenant has not granted; the inspection would refuse one that the manifest does not declare. */
  notGranted: string
  plexica: { request(permission: string, input?: unknown): Promise<unknown> }
}

// The frame's own script holds the port; whoever runs beside it can take it at the next sign of life.
const { promise: stolenPort, resolve: take } = Promise.withResolvers<MessagePort>()
const { postMessage } = MessagePort.prototype
MessagePort.prototype.postMessage = function (this: MessagePort, ...sent: unknown[]) {
  // React has ports of its own, on which it sends nothing.
  if (sent[0]) take(this)
  return Reflect.apply(postMessage, this, sent)
}

/** Tries everything that leaves it where it is, and shows what came of it. */
export function EscapeArtist({ addresses, notGranted, plexica }: Props) {
  const [told, setTold] = useState<object>()
  useEffect(() => {
    const more = async () => ({
      'declared-fetch': await fetch(`${addresses.declared}/declared-fetch`).then((answer) => answer.text(), String),
      'declared-picture': await picture(`${addresses.declared}/declared-picture`),
      granted: await plexica.request('orders:read').then(String, codeOf),
      'not-granted': await plexica.request(notGranted).then(String, codeOf),
      forged: await forged({ type: 'request', id: -7, permission: notGranted, input: { total: 0 } }),
    })
    Promise.all([tryAll([...attempts, ...leaks], addresses), more()]).then(([tried, controls]) =>
      setTold({ tried, controls }),
    )
  }, [addresses, notGranted, plexica])
  return <pre>{told ? JSON.stringify(told) : 'trying'}</pre>
}

const codeOf = ({ code }: { code?: string }) => code ?? 'no code'

function picture(src: string): Promise<string> {
  return new Promise((resolve) => {
    Object.assign(new Image(), { src, onload: () => resolve('loads'), onerror: () => resolve('refused') })
  })
}

/** Sends what the frame's own script would never send, and gives the answer's code. */
async function forged(message: object): Promise<string> {
  const port = await stolenPort
  const answer = new Promise<string>((resolve) =>
    port.addEventListener('message', ({ data }) => data.id === -7 && resolve(data.code ?? data.answer)),
  )
  port.postMessage(JSON.stringify(message))
  return answer
}

/** Leaves for another page, and takes what it knows along. */
export function Leaver({ addresses, by }: Props & { by: 'location' | 'refresh' | 'link' }) {
  useEffect(() => {
    const away = `${addresses.elsewhere}/${by}?stolen`
    if (by === 'location') location.href = away
    else if (by === 'link') Object.assign(document.createElement('a'), { href: away }).click()
    else {
      const meta = Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: `0; url=${away}` })
      document.head.append(meta)
    }
  }, [addresses, by])
  return <p>leaving</p>
}

/** Sends without end. */
export function Flooder({ by }: { by: 'port' | 'page' | 'requests' | 'size' | 'bytes' }) {
  useEffect(() => {
    stolenPort.then((port) => {
      if (by === 'size') port.postMessage(JSON.stringify({ type: 'threw', message: 'x'.repeat(1_100_000) }))
      if (by === 'bytes') port.postMessage(new ArrayBuffer(8))
      if (by === 'port') for (let i = 0; i < 2_000; i++) port.postMessage('{"type":"alive"}')
      if (by === 'page') for (let i = 0; i < 2_000; i++) window.top?.postMessage('flood', '*')
      if (by !== 'requests') return
      for (let id = 1; id <= 51; id++) {
        port.postMessage(JSON.stringify({ type: 'request', id, permission: 'never', input: id }))
      }
    })
  }, [by])
  return <p>flooding</p>
}

export function Looper() {
  useEffect(() => {
    for (;;);
  }, [])
  return <p>looping</p>
}
