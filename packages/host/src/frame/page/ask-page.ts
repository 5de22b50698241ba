import { HostError } from '../../host-errors.ts'
import type { PluginApi } from '../../plugin-api.ts'
import { type FrameNews, type FrameReport, mostCharacters, mostRequests } from '../frame-messages.ts'

/**
 * What a plugin's requests become in a frame: messages, of which never more wait for an answer than the page allows.
 *
 * @returns `request` for the plugin, and `settle` for what the page answers.
 */
export function askPage(report: (report: FrameReport) => void) {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const queue: (() => void)[] = []
  let last = 0

  const request: PluginApi['request'] = async (permission, input) => {
    const id = ++last
    const message = { type: 'request', id, permission: String(permission), input } as const
    // Said here, where it can be caught: the page takes a frame away that sends more.
    if (JSON.stringify(message).length > mostCharacters) {
      throw new RangeError(`A request from a frame has at most ${mostCharacters} characters.`)
    }
    if (waiting.size >= mostRequests) await new Promise<void>((resolve) => queue.push(resolve))
    const answer = Promise.withResolvers<unknown>()
    waiting.set(id, answer)
    report(message)
    return answer.promise
  }

  function settle(news: Exclude<FrameNews, { type: 'update' }>): void {
    const answer = waiting.get(news.id)
    if (!answer) return
    waiting.delete(news.id)
    if (news.type === 'answer') answer.resolve(news.answer)
    else answer.reject(news.code ? new HostError(news.code, news.message) : new Error(news.message))
    queue.shift()?.()
  }

  return { request, settle }
}
