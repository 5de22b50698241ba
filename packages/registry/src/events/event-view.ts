import type { Event, EventType } from '@plexica/api'
import type { EventRow } from '../db/tables.ts'

/** An event as it is told outside. Who did it stays inside: raters and reporters are nobody's business. */
export function eventView(row: EventRow): Event {
  return {
    number: row.number,
    type: row.type as EventType,
    at: row.happened_at,
    pluginId: row.plugin_id,
    version: row.version,
    data: JSON.parse(row.data),
  }
}
