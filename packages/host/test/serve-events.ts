import type { ServerResponse } from 'node:http'
import type { EventType } from '@plexica/api'

/** A tenant's event stream as the registry serves it. */
export interface EventsFixture {
  /** Tells every open stream that something happened to a plugin. */
  happen(type: EventType, pluginId: string): void
  /** Answers streams with this status from now on, and ends those that are open; 200 serves them again. */
  answerStreams(status: number): void
  /** How many streams are open. */
  open(): number
}

export function serveEvents(headers: Record<string, string>) {
  const streams = new Set<ServerResponse>()
  let number = 0
  let status = 200
  const fixture: EventsFixture = {
    happen(type, pluginId) {
      number++
      const event = { number, type, at: new Date().toISOString(), pluginId, version: '1.0.0', data: {} }
      for (const stream of streams) stream.write(`id: ${number}\nevent: ${type}\ndata: ${JSON.stringify(event)}\n\n`)
    },
    answerStreams(answered) {
      status = answered
      if (status !== 200) for (const stream of streams) stream.end()
    },
    open: () => streams.size,
  }
  return {
    fixture,
    /** Serves one more, or the status of a refusal. */
    serve(response: ServerResponse): number {
      if (status !== 200) return status
      response.writeHead(200, { ...headers, 'content-type': 'text/event-stream; charset=utf-8' })
      response.write(`retry: 2000\nid: ${number}\n\n`)
      streams.add(response)
      response.on('close', () => streams.delete(response))
      return 200
    },
  }
}
