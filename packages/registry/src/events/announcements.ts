import { mostAnnounced } from '../db/announcement.ts'

/** What one process tells the others. */
export interface Announcement {
  /** Who says it; null when it is said with an event, in its transaction. */
  readonly from: string | null
  readonly hasEvent: boolean
  /** Tags of ready answers that are no longer true. */
  readonly drop: readonly string[] | 'everything'
}

/** More tags than this are not worth their names. */
const mostTags = 5_000

/** Says that an event was recorded. What is ready of its plugin goes with it: a process that dies now has told it. */
export function eventAnnouncement(pluginId: string | undefined): string {
  return JSON.stringify({ event: true, ...(pluginId === undefined ? {} : { drop: [`plugin:${pluginId}`] }) })
}

/** The fewest announcements that name all these tags. */
export function announcementsOf(from: string, tags: readonly string[]): string[] {
  if (tags.length > mostTags) return [JSON.stringify({ from })]
  const room = mostAnnounced - Buffer.byteLength(JSON.stringify({ from, drop: [] }))
  const groups: string[][] = []
  let left = 0
  for (const tag of tags) {
    const bytes = Buffer.byteLength(JSON.stringify(tag)) + 1
    if (bytes > left) {
      groups.push([])
      left = room
    }
    groups.at(-1)?.push(tag)
    left -= bytes
  }
  return groups.map((drop) => JSON.stringify({ from, drop }))
}

/** What was announced. What is not understood, as from a newer program, may mean anything: everything is dropped. */
export function readAnnouncement(text: string): Announcement {
  const said = parsed(text)
  const from = typeof said.from === 'string' ? said.from : null
  const hasEvent = said.event === true
  if (Array.isArray(said.drop)) return { from, hasEvent, drop: said.drop.map(String) }
  return { from, hasEvent, drop: hasEvent && said.drop === undefined ? [] : 'everything' }
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
