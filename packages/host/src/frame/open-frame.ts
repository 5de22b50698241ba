import { HostError, messageOf } from '../host-errors.ts'
import type { PluginApi } from '../plugin-api.ts'
import { answerRequests } from './answer-requests.ts'
import { type FrameNews, type FrameOrder, mostCharacters, mostRequests, readReport } from './frame-messages.ts'
import { listenForStrays } from './listen-for-strays.ts'
import { messageBudget } from './message-budget.ts'
import { plainData } from './plain-data.ts'
import { watchSilence } from './watch-silence.ts'

export interface FrameOptions {
  /** Address of the page in which it runs. */
  url: string
  /** Addresses of the bundle's scripts → texts, as soon as they are there. */
  scripts: Promise<Readonly<Record<string, string>>>
  /** Address of the script that exports the component. */
  entry: string
  exportName: string
  /** Only data gets into the frame: functions, elements and the like are left out. */
  props: Readonly<Record<string, unknown>>
  /** Answers what the plugin asks for; so it decides what the plugin may. */
  plexica: PluginApi
  /** What those hear who do not see the frame. */
  title: string
  /** It cannot be shown, or no longer; the frame has been taken away. Called once at most, and never after `unmount`. */
  onFailed(reason: HostError): void
  /** It is shown for the first time, so many milliseconds after it was asked for. */
  onRendered?(milliseconds: number): void
  /** It has thrown what nobody caught, and may be well nevertheless. */
  onThrew?(message: string): void
}

export interface MountedFrame {
  /** Gives the component other props, and another configuration where there is one. */
  update(props: Readonly<Record<string, unknown>>, plexica?: PluginApi): void
  unmount(): void
}

/**
 * Runs a component in a frame without an origin and listens to it on one port. Nothing that it says is believed but that
 * it wants so much room, asks this, or is broken.
 */
export function openFrame(element: HTMLElement, options: FrameOptions): MountedFrame {
  const began = performance.now()
  const frame = createFrame(options)
  const { port1: port, port2: handed } = new MessageChannel()
  const affords = messageBudget()
  let { props, plexica } = options
  let alive = false
  let rendered = false
  let open = true

  const tell = (news: FrameNews) => port.postMessage(news)
  const requests = answerRequests(tell)
  const silence = watchSilence(() => {
    if (alive) fail(new HostError('frame_hangs', `“${options.title}” has not answered for some seconds.`))
    else fail(new HostError('frame_unreachable', `The frame of “${options.title}” did not start at ${options.url}.`))
  })
  const ignoreStrays = listenForStrays(frame, () => count(0))

  function close() {
    open = false
    ignoreStrays()
    silence.stop()
    port.close()
    frame.remove()
  }
  function fail(reason: HostError) {
    if (!open) return
    close()
    options.onFailed(reason)
  }
  function count(characters: number): boolean {
    if (!open) return false
    if (characters <= mostCharacters && affords(performance.now(), characters)) return true
    fail(new HostError('frame_flooded', `“${options.title}” sent too much to its page.`))
    return false
  }

  port.onmessage = ({ data }) => {
    // What is no text is no message of the frame's own, and may be of any size.
    if (!count(typeof data === 'string' ? data.length : Number.POSITIVE_INFINITY)) return
    const report = readReport(data)
    if (!report) return
    alive = true
    silence.heard()
    if (report.type === 'failed') fail(new HostError(report.code, `“${options.title}” stopped: ${report.message}`))
    else if (report.type === 'threw') options.onThrew?.(report.message)
    else if (report.type === 'rendered') {
      frame.style.height = `${report.height}px`
      if (!rendered) options.onRendered?.(performance.now() - began)
      rendered = true
    } else if (report.type === 'request') {
      if (requests.waiting() < mostRequests) requests.answer(report, plexica)
      else fail(new HostError('frame_flooded', `“${options.title}” asks for more than ${mostRequests} things at once.`))
    }
  }

  async function hand(scripts: FrameOptions['scripts']): Promise<void> {
    const [texts] = await Promise.all([scripts, loaded(frame)])
    silence.expect()
    const { entry, exportName } = options
    const { tenantId, configuration } = plexica
    const order: FrameOrder = {
      type: 'order',
      scripts: texts,
      entry,
      exportName,
      tenantId,
      configuration,
      props: plainData(props),
    }
    // It has no origin that could be named.
    frame.contentWindow?.postMessage(order, '*', [handed])
  }

  element.append(frame)
  hand(options.scripts).catch((thrown: unknown) => {
    fail(thrown instanceof HostError ? thrown : new HostError('bundle_unreachable', messageOf(thrown)))
  })

  return {
    update(nextProps, nextApi = plexica) {
      props = nextProps
      plexica = nextApi
      // Before the frame listens, the port keeps it.
      if (open) tell({ type: 'update', props: plainData(props), configuration: plexica.configuration })
    },
    unmount: () => {
      if (open) close()
    },
  }
}

function createFrame({ url, title }: FrameOptions): HTMLIFrameElement {
  const frame = document.createElement('iframe')
  frame.title = title
  frame.referrerPolicy = 'no-referrer'
  frame.setAttribute('sandbox', 'allow-scripts')
  // Where browsers know it: no cookie and no store of this browser, whatever the frame's page is.
  frame.setAttribute('credentialless', '')
  frame.style.cssText = 'display: block; inline-size: 100%; block-size: 0; border: 0'
  frame.src = url
  return frame
}

/** The first page that loads in it is handed the order; one that it may leave for is not. */
function loaded(frame: HTMLIFrameElement): Promise<void> {
  return new Promise((resolve) => frame.addEventListener('load', () => resolve(), { once: true }))
}
