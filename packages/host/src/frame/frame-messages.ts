import { type HostErrorCode, hostErrors } from '../host-errors.ts'

// What passes between a page and the frame in which it runs a plugin. The order comes by the one message that also brings
// a port; everything after it goes through the port: from the page as data, from the frame as JSON text, whose length
// says what it costs before it is read. Both sides read strictly, because the plugin's code runs beside the frame's own.

/** What the frame is handed first. */
export interface FrameOrder {
  readonly type: 'order'
  /** The scripts of the bundle: address → text. They are linked by these addresses, and fetched from nowhere. */
  readonly scripts: Readonly<Record<string, string>>
  readonly entry: string
  readonly exportName: string
  readonly props: Data
  readonly tenantId: string
  readonly configuration: Data
}

/** What the page says later. */
export type FrameNews =
  | { readonly type: 'update'; readonly props: Data; readonly configuration: Data }
  | { readonly type: 'answer'; readonly id: number; readonly answer: unknown }
  | { readonly type: 'refused'; readonly id: number; readonly code: HostErrorCode | null; readonly message: string }

/** Why a component cannot be shown, as the frame says. */
export const failures = ['bundle_threw', 'export_missing', 'render_failed'] as const satisfies HostErrorCode[]

/** What the frame says. Any of these may be a lie of the plugin, who has nothing by it but its own frame. */
export type FrameReport =
  | { readonly type: 'alive' }
  | { readonly type: 'rendered'; readonly height: number }
  | { readonly type: 'failed'; readonly code: (typeof failures)[number]; readonly message: string }
  /** An error that nobody caught, and that the component may have survived. */
  | { readonly type: 'threw'; readonly message: string }
  | { readonly type: 'request'; readonly id: number; readonly permission: string; readonly input: unknown }

export type Data = Readonly<Record<string, unknown>>

/** How often the frame says that it is alive, in milliseconds. */
export const heartbeat = 500
/** Characters of the longest message of a frame. */
export const mostCharacters = 1_000_000
/** Pixels of the highest frame. */
export const mostHeight = 10_000
/** Requests of one frame that may wait for their answers. */
export const mostRequests = 50
/** Characters of a sentence of the frame that is kept. */
const sentence = 1_000

/** The report that a message is; undefined for anything else. */
export function readReport(text: unknown): FrameReport | undefined {
  const data = typeof text === 'string' && text.length <= mostCharacters ? parsed(text) : undefined
  if (!data) return undefined
  const { type, height, code, message, id, permission, input } = data
  if (type === 'alive') return { type }
  if (type === 'rendered' && isHeight(height)) return { type, height: Math.min(mostHeight, Math.ceil(height)) }
  if (type === 'threw' && typeof message === 'string') return { type, message: message.slice(0, sentence) }
  if (type === 'failed' && typeof message === 'string') {
    const known = failures.find((one) => one === code)
    return known && { type, code: known, message: message.slice(0, sentence) }
  }
  if (type === 'request' && isId(id) && typeof permission === 'string' && permission.length <= sentence) {
    return { type, id, permission, input }
  }
  return undefined
}

/** The order that a message is; undefined for anything else. */
export function readOrder(message: unknown): FrameOrder | undefined {
  if (!isData(message) || message.type !== 'order') return undefined
  const { type, scripts, entry, exportName, props, tenantId, configuration } = message
  const named = typeof entry === 'string' && typeof exportName === 'string' && typeof tenantId === 'string'
  if (!named || !isTexts(scripts) || !isData(props) || !isData(configuration)) return undefined
  return { type, scripts, entry, exportName, props, tenantId, configuration }
}

/** The news that a message is; undefined for anything else. */
export function readNews(message: unknown): FrameNews | undefined {
  if (!isData(message)) return undefined
  const { type, props, configuration, id, answer, code, message: said } = message
  if (type === 'update' && isData(props) && isData(configuration)) return { type, props, configuration }
  if (type === 'answer' && isId(id)) return { type, id, answer }
  if (type === 'refused' && isId(id) && typeof said === 'string') {
    return { type, id, code: isCode(code) ? code : null, message: said }
  }
  return undefined
}

function parsed(text: string): Data | undefined {
  try {
    const data: unknown = JSON.parse(text)
    return isData(data) ? data : undefined
  } catch {
    return undefined
  }
}

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return isData(value) && Object.values(value).every((text) => typeof text === 'string')
}

function isHeight(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

function isId(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

function isCode(value: unknown): value is HostErrorCode {
  return typeof value === 'string' && Object.hasOwn(hostErrors, value)
}
