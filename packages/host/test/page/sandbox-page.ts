import { type MountedFrame, mountFrame } from '../../src/frame/index.ts'
import type { FrameSource } from '../../src/frame.ts'
import { createPluginApi, createRequest } from '../../src/plugin-api.ts'
import { type Addresses, attempts, leaks, tryAll } from '../plugins/escape-artist/attempts.ts'

const never = Promise.withResolvers<unknown>().promise
const frames = new Map<string, MountedFrame>()
const api = { 'orders:read': () => '7 orders', 'orders:write': () => 'written', never: () => never }
const apiFor = (pluginId: string, granted: readonly string[], configuration: Record<string, unknown>) =>
  createPluginApi(
    'acme',
    configuration,
    createRequest(pluginId, () => granted, api),
  )

interface Shown {
  source: FrameSource
  props?: Record<string, unknown>
  granted?: readonly string[]
  configuration?: Record<string, unknown>
}

/** What a platform's page does with frames, and what reaches it, for the tests. */
const ofPage = {
  /** Failures by the name under which a frame was shown: its code and sentence. */
  failures: {} as Record<string, { code: string; message: string }>,
  /** Milliseconds until each was shown. */
  rendered: {} as Record<string, number>,
  /** What the page's own listeners heard. */
  heard: [] as unknown[],
  show(name: string, { source, props = {}, granted = [], configuration = {} }: Shown) {
    const place = Object.assign(document.createElement('div'), { id: name })
    document.body.append(place)
    const frame = mountFrame(place, {
      source,
      props: { ...props, onChoose: () => {}, node: document.body },
      plexica: apiFor(name, granted, configuration),
      title: name,
      onFailed: ({ code, message }) => {
        ofPage.failures[name] = { code, message }
      },
      onRendered: (milliseconds) => {
        ofPage.rendered[name] = milliseconds
      },
    })
    frames.set(name, frame)
  },
  update(name: string, props: Record<string, unknown>, configuration?: Record<string, unknown>) {
    frames.get(name)?.update(props, configuration && apiFor(name, [], configuration))
  },
  unmount: (name: string) => frames.get(name)?.unmount(),
  /** What has come of attempts in the page itself. */
  told: {} as Record<string, string>,
  /** The same attempts, by a plugin that runs in the page itself. */
  tryHere(keys: readonly string[], addresses: Addresses) {
    const tried = [...attempts, ...leaks].filter(({ key }) => keys.includes(key))
    void tryAll(tried, addresses, ofPage.told)
  },
}

declare global {
  var sandbox: typeof ofPage
}
globalThis.sandbox = ofPage

window.addEventListener('message', ({ data }) => ofPage.heard.push(data))
const channel = new BroadcastChannel('platform')
channel.addEventListener('message', ({ data }) => ofPage.heard.push(data))
// biome-ignore lint/suspicious/noDocumentCookie: what plugins must not read
document.cookie = 'secret=of-the-platform'
localStorage.setItem('secret', 'of the platform')
sessionStorage.setItem('secret', 'of the platform')
