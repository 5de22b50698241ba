/** Where attempts lead: servers that take anything, one that the manifest declares and one that it does not. */
export interface Addresses {
  /** Undeclared: `http://127.0.0.1:…`, and the same for sockets. */
  elsewhere: string
  /** Declared: `http://localhost:…`. */
  declared: string
  registry: string
  /** Of servers that are asked for a way through a firewall, one for each attempt. */
  stun: string
  stunInside: string
}

export interface Attempt {
  /** Also what the servers see: the last part of the address that is asked for. */
  key: string
  what: string
  stoppedBy: string
  /** It ends the page that tries it, when it succeeds. */
  leaves?: true
  /** True when it has seen itself succeed, false when nothing came; throws when it is refused. */
  act(addresses: Addresses): unknown
}

/** Milliseconds after which nothing will come any more. */
const patience = 5_000

/**
 * Runs all of them at once: key → `open`, `nothing`, or the name of what was thrown. What is known so far stands in
 * `told` all the while.
 */
export async function tryAll(
  attempts: readonly Attempt[],
  addresses: Addresses,
  told: Record<string, string> = {},
): Promise<Record<string, string>> {
  const all = attempts.map(async ({ key, act }) => {
    told[key] = await outcome(async () => act(addresses))
  })
  await Promise.all(all)
  return told
}

async function outcome(act: () => Promise<unknown>): Promise<string> {
  const late = new Promise((resolve) => setTimeout(resolve, patience))
  try {
    if ((await Promise.race([act(), late])) === true) return 'open'
  } catch (thrown) {
    return thrown instanceof Error || thrown instanceof DOMException ? thrown.name : 'refused'
  }
  // Others may yet see what it has not seen itself.
  await late
  return 'nothing'
}

/** Resolves when an element has loaded, rejects when it has not. */
function loads<T extends HTMLElement>(element: T, place: (element: T) => void): Promise<boolean> {
  return new Promise((resolve, reject) => {
    element.onload = () => resolve(true)
    element.onerror = () => reject(new DOMException('', 'NetworkError'))
    place(element)
    if (!element.isConnected) document.body.append(element)
  })
}

function opens(source: EventTarget): Promise<boolean> {
  return new Promise((resolve, reject) => {
    source.addEventListener('open', () => resolve(true))
    source.addEventListener('error', () => reject(new DOMException('', 'NetworkError')))
  })
}

function click(properties: Partial<HTMLAnchorElement>): void {
  const link = Object.assign(document.createElement('a'), properties)
  document.body.append(link)
  link.click()
}

/** What a frame inside of this one says to it, when its content can run. */
function heardFrom(frame: HTMLIFrameElement): Promise<boolean> {
  return new Promise((resolve) => {
    window.addEventListener('message', ({ source }) => source === frame.contentWindow && resolve(true))
    document.body.append(frame)
  })
}

const frameOf = (properties: Partial<HTMLIFrameElement>) => Object.assign(document.createElement('iframe'), properties)
const blob = (text: string, type = 'text/javascript') => URL.createObjectURL(new Blob([text], { type }))
const nothing = false
/** Made once: one that nothing refers to any more may be gone before its message is. */
const broadcasts = new BroadcastChannel('platform')
const origin = 'no origin'
const policy = 'the page’s policy'
const flags = 'the sandbox’s flags'

export const attempts: readonly Attempt[] = [
  { key: 'top-dom', what: 'read the platform’s document', stoppedBy: origin, act: () => !!window.top?.document.title },
  {
    key: 'parent-dom',
    what: 'read the document around it',
    stoppedBy: origin,
    act: () => !!window.parent.document.body,
  },
  { key: 'cookies', what: 'read cookies', stoppedBy: origin, act: () => document.cookie.includes('secret') },
  {
    key: 'set-cookie',
    what: 'write cookies',
    stoppedBy: origin,
    act: () => {
      // biome-ignore lint/suspicious/noDocumentCookie: what it must not do
      document.cookie = 'mine=1'
      return document.cookie.includes('mine')
    },
  },
  { key: 'local-storage', what: '`localStorage`', stoppedBy: origin, act: () => localStorage.length > 0 },
  { key: 'session-storage', what: '`sessionStorage`', stoppedBy: origin, act: () => sessionStorage.length > 0 },
  { key: 'indexed-db', what: 'IndexedDB', stoppedBy: origin, act: async () => !!(await indexedDB.databases()) },
  { key: 'cache', what: 'the Cache of pages', stoppedBy: origin, act: async () => !!(await caches.open('mine')) },
  {
    key: 'files',
    what: 'files of its origin (OPFS)',
    stoppedBy: origin,
    act: async () => !!(await navigator.storage.getDirectory()),
  },
  {
    key: 'service-worker',
    what: 'a service worker',
    stoppedBy: origin,
    act: async () => !!(await navigator.serviceWorker.register('/worker.js')),
  },
  {
    key: 'shared-worker',
    what: 'a worker that it shares with the platform’s page',
    stoppedBy: origin,
    act: () =>
      new Promise((resolve) => {
        new SharedWorker('/shared-worker.js').port.onmessage = () => resolve(true)
      }),
  },
  {
    key: 'broadcast',
    what: 'a `BroadcastChannel` that the platform’s page hears',
    stoppedBy: origin,
    // Again and again: a page that has a dialog open misses some.
    act: () => void setInterval(() => broadcasts.postMessage('broadcast'), 100),
  },
  {
    key: 'session-api',
    what: 'the registry’s session, with the visitor’s cookie',
    stoppedBy: policy,
    act: async ({ registry }) => {
      const answer = await fetch(`${registry}/api/session`, { mode: 'no-cors', credentials: 'include' })
      return answer.type === 'opaque'
    },
  },
  {
    key: 'fetch',
    what: '`fetch` from an undeclared host',
    stoppedBy: policy,
    act: async ({ elsewhere }) => (await fetch(`${elsewhere}/fetch`)).ok,
  },
  {
    key: 'worker-fetch',
    what: 'the same in a worker',
    stoppedBy: policy,
    act: ({ elsewhere }) =>
      new Promise((resolve, reject) => {
        const worker = new Worker(
          blob(`fetch('${elsewhere}/worker-fetch').then(()=>postMessage(1),()=>postMessage(0))`),
        )
        worker.onmessage = ({ data }) => (data ? resolve(true) : reject(new TypeError()))
        worker.onerror = reject
      }),
  },
  {
    key: 'socket',
    what: 'a WebSocket to it',
    stoppedBy: policy,
    act: ({ elsewhere }) => opens(new WebSocket(`${elsewhere.replace('http', 'ws')}/socket`)),
  },
  {
    key: 'event-source',
    what: 'an `EventSource` of it',
    stoppedBy: policy,
    act: ({ elsewhere }) => opens(new EventSource(`${elsewhere}/event-source`)),
  },
  {
    key: 'beacon',
    what: '`sendBeacon` to it',
    stoppedBy: policy,
    act: ({ elsewhere }) => void navigator.sendBeacon(`${elsewhere}/beacon`, 'data'),
  },
  {
    key: 'ping',
    what: 'a link with `ping`',
    stoppedBy: policy,
    act: ({ elsewhere }) => click({ href: `${location.href}#`, ping: `${elsewhere}/ping` }),
  },
  {
    key: 'picture',
    what: 'a picture of it',
    stoppedBy: policy,
    act: ({ elsewhere }) => loads(new Image(), (image) => Object.assign(image, { src: `${elsewhere}/picture` })),
  },
  {
    key: 'background',
    what: 'a picture of it in a style',
    stoppedBy: policy,
    act: ({ elsewhere }) => {
      document.body.style.backgroundImage = `url(${elsewhere}/background)`
      return nothing
    },
  },
  {
    key: 'style-sheet',
    what: 'a style sheet of it',
    stoppedBy: policy,
    act: ({ elsewhere }) =>
      loads(document.createElement('link'), (link) =>
        Object.assign(link, { rel: 'stylesheet', href: `${elsewhere}/style-sheet` }),
      ),
  },
  {
    key: 'prefetch',
    what: 'a hint to fetch from it later',
    stoppedBy: policy,
    act: ({ elsewhere }) => {
      document.head.append(
        Object.assign(document.createElement('link'), { rel: 'prefetch', href: `${elsewhere}/prefetch` }),
      )
      return nothing
    },
  },
  {
    key: 'script',
    what: 'a script of it',
    stoppedBy: policy,
    act: ({ elsewhere }) =>
      loads(document.createElement('script'), (script) => Object.assign(script, { src: `${elsewhere}/script` })),
  },
  {
    key: 'other-bundle',
    what: 'a script of the registry that is not the frame’s',
    stoppedBy: policy,
    act: ({ registry }) =>
      loads(document.createElement('script'), (script) =>
        Object.assign(script, { type: 'module', src: `${registry}/plugins/bundles/escape-artist/v1.0.0/bundle.js` }),
      ),
  },
  {
    key: 'web-rtc',
    what: 'a connection between browsers (WebRTC)',
    stoppedBy: 'the frame’s script',
    act: async ({ stun }) => {
      const connection = new RTCPeerConnection({ iceServers: [{ urls: stun }] })
      connection.createDataChannel('data')
      await connection.setLocalDescription()
      return nothing
    },
  },
  {
    key: 'web-rtc-inside',
    what: 'the same, taken from a frame inside of it',
    stoppedBy: origin,
    act: async ({ stunInside }) => {
      const frame = frameOf({})
      document.body.append(frame)
      const { RTCPeerConnection: Connection } = frame.contentWindow as unknown as typeof globalThis
      const connection = new Connection({ iceServers: [{ urls: stunInside }] })
      connection.createDataChannel('data')
      await connection.setLocalDescription()
      return nothing
    },
  },
  {
    key: 'inner-frame',
    what: 'a frame inside of it that leads elsewhere',
    stoppedBy: policy,
    act: ({ elsewhere }) => {
      document.body.append(frameOf({ src: `${elsewhere}/inner-frame` }))
      return nothing
    },
  },
  {
    key: 'inner-data',
    what: 'a frame inside of it made of a `data:` address',
    stoppedBy: policy,
    act: () => heardFrom(frameOf({ src: `data:text/html,<script>parent.postMessage(1,'*')</script>` })),
  },
  {
    key: 'inner-blob',
    what: 'a frame inside of it made of a `blob:` address',
    stoppedBy: policy,
    act: () => heardFrom(frameOf({ src: blob(`<script>parent.postMessage(1,'*')</script>`, 'text/html') })),
  },
  {
    key: 'inner-script',
    what: 'a script in a frame inside of it (`srcdoc`)',
    stoppedBy: policy,
    act: () => heardFrom(frameOf({ srcdoc: `<script>parent.postMessage(1,'*')</script>` })),
  },
  {
    key: 'popup',
    what: '`window.open`',
    stoppedBy: flags,
    act: ({ elsewhere }) => window.open(`${elsewhere}/popup`) !== null,
  },
  {
    key: 'new-tab',
    what: 'a link that opens a tab',
    stoppedBy: flags,
    act: ({ elsewhere }) => click({ href: `${elsewhere}/new-tab`, target: '_blank' }),
  },
  {
    key: 'download',
    what: 'a download',
    stoppedBy: flags,
    act: () => click({ href: blob('data', 'text/plain'), download: 'download' }),
  },
  { key: 'alert', what: '`alert`', stoppedBy: flags, act: () => window.alert('alert') },
  { key: 'prompt', what: '`prompt`', stoppedBy: flags, act: () => window.prompt('prompt') },
  {
    key: 'geolocation',
    what: 'where the visitor is',
    stoppedBy: 'no permission passed on',
    act: () =>
      new Promise((resolve, reject) =>
        navigator.geolocation.getCurrentPosition(
          () => resolve(true),
          () => reject(new DOMException('', 'NotAllowedError')),
        ),
      ),
  },
  {
    key: 'clipboard',
    what: 'what is in the clipboard',
    stoppedBy: 'no permission passed on',
    act: async () => (await navigator.clipboard.readText()) !== undefined,
  },
  {
    key: 'form',
    what: 'a form',
    stoppedBy: flags,
    leaves: true,
    act: ({ elsewhere }) => {
      const form = Object.assign(document.createElement('form'), { action: `${elsewhere}/form`, method: 'post' })
      document.body.append(form)
      form.submit()
      return nothing
    },
  },
  {
    key: 'top-navigation',
    what: 'lead the platform’s page elsewhere',
    stoppedBy: flags,
    leaves: true,
    act: ({ elsewhere }) => {
      if (window.top) window.top.location.href = `${elsewhere}/top-navigation`
      return nothing
    },
  },
  {
    key: 'parent-navigation',
    what: 'lead the frame around it elsewhere',
    stoppedBy: flags,
    leaves: true,
    act: ({ elsewhere }) => {
      window.parent.location.href = `${elsewhere}/parent-navigation`
      return nothing
    },
  },
]

/** What no frame can be kept from. What they are worth stands in the host’s README. */
export const leaks: readonly Attempt[] = [
  {
    key: 'post-message',
    what: 'a message to the platform’s own listeners',
    stoppedBy: 'nothing: they have to look at `event.origin`, which is `null`',
    act: () => window.top?.postMessage('post-message', '*'),
  },
]
