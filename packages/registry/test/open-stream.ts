import type { Event } from '@plexica/api'
import type { Person, TestRegistry } from './test-registry.ts'

/** One block of an event stream: its fields by name, comments under the empty one. */
export type Block = Readonly<Record<string, string>>

/** A tenant's event stream as it stands on the wire. */
export async function openStream(
  { url }: Pick<TestRegistry, 'url'>,
  { key }: Pick<Person, 'key'>,
  tenantId: string,
  { query = '', headers = {} }: { query?: string; headers?: Record<string, string> } = {},
) {
  const leave = new AbortController()
  const response = await fetch(`${url}/api/tenants/${tenantId}/events${query}`, {
    headers: { authorization: `Bearer ${key}`, ...headers },
    signal: leave.signal,
  })
  const blocks = response.ok ? blocksOf(response) : undefined
  const next = async () => (await blocks?.next())?.value
  return {
    response,
    /** The next block; undefined when the stream has ended properly. Throws when it was cut off. */
    next,
    /** The next event, whatever stands between. */
    async event(): Promise<{ id: string; event: string; data: Event }> {
      for (let block = await next(); block; block = await next()) {
        const { id = '', event = '', data } = block
        if (data !== undefined) return { id, event, data: JSON.parse(data) }
      }
      throw new Error('the stream has ended')
    },
    leave: () => leave.abort(),
  }
}

async function* blocksOf(response: Response): AsyncGenerator<Block, undefined> {
  let text = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      const lines = text.slice(0, end).split('\n')
      text = text.slice(end + 2)
      yield Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')), line.replace(/^[^:]*: ?/, '')]))
    }
  }
  return undefined
}
