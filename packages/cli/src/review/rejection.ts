import type { NewReviewPoint } from '@plexica/api'
import { canAsk } from '../can-ask.ts'
import type { Context } from '../context.ts'
import { failure } from '../failure.ts'
import { ask } from './ask-reviewer.ts'

/** Takes `README.md: Say which data it shows` apart; a text without a path in front is a point about no file. */
export function readPoint(text: string): NewReviewPoint {
  const [, path, message = text] = /^([^\s:]+): +(.*)$/s.exec(text.trim()) ?? []
  if (message.trim() === '') {
    throw failure('usage_invalid', 'A point says what has to change.', {
      fix: 'Write it as --point "README.md: Say which data it shows", or without the file.',
    })
  }
  return { ...(path === undefined ? {} : { path }), message: message.trim() }
}

/** The reason that nobody has given as an option. */
export async function askReason(context: Context): Promise<string> {
  if (!canAsk(context)) {
    throw failure('answer_missing', 'A rejection needs its reason.', { fix: 'Give it with --reason "…".' })
  }
  for (;;) {
    const reason = await ask('What has the author to change?', context)
    if (reason !== '') return reason
    context.console.note('The author reads this; write a sentence.')
  }
}
