import { HostError, messageOf } from '../host-errors.ts'
import type { PluginApi } from '../plugin-api.ts'
import type { FrameNews, FrameReport } from './frame-messages.ts'

type Request = Extract<FrameReport, { type: 'request' }>

/** Passes what a frame asks for to the platform, which grants or refuses it, and tells the frame what came of it. */
export function answerRequests(tell: (news: FrameNews) => void) {
  let waiting = 0

  async function answer({ id, permission, input }: Request, plexica: PluginApi): Promise<void> {
    waiting++
    try {
      const given = await plexica.request(permission, input)
      // Throws for what cannot leave the page, such as functions.
      tell({ type: 'answer', id, answer: given })
    } catch (thrown) {
      const code = thrown instanceof HostError ? thrown.code : null
      tell({ type: 'refused', id, code, message: messageOf(thrown) })
    } finally {
      waiting--
    }
  }

  return { waiting: () => waiting, answer }
}
