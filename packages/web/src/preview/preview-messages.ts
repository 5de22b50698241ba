/** What the desk hands to the frame, with the port on which it is answered. */
export interface PreviewOrder {
  /** Scripts of the bundle: path in the package → text. */
  readonly files: Readonly<Record<string, string>>
  readonly entry: string
  /** Name that the bundle exports the component under. */
  readonly exportName: string
  readonly props: Readonly<Record<string, unknown>>
  readonly configuration: Readonly<Record<string, unknown>>
}

/** What the frame says about itself. The plugin's code runs beside, so each of these may be a lie, and is only shown. */
export type PreviewReport =
  | { readonly type: 'alive' }
  | { readonly type: 'rendered'; readonly height: number }
  | { readonly type: 'failed'; readonly message: string }

/** How often the frame says that it is alive, in milliseconds. */
export const heartbeat = 500

/** Characters of a message that is shown. */
const mostCharacters = 1_000

/** The report that a message is; undefined for anything else. */
export function readReport(data: unknown): PreviewReport | undefined {
  if (typeof data !== 'object' || data === null || !('type' in data)) return undefined
  if (data.type === 'alive') return { type: 'alive' }
  if (data.type === 'rendered' && 'height' in data && Number.isFinite(data.height)) {
    return { type: 'rendered', height: Number(data.height) }
  }
  if (data.type === 'failed' && 'message' in data) {
    return { type: 'failed', message: String(data.message).slice(0, mostCharacters) }
  }
  return undefined
}
