/** Milliseconds over which messages are counted. */
const span = 2_000
/** What the messages of one span may cost: 200 short ones a second, or two of a megabyte. */
const most = 400
/** A message costs one, and one more for each of this many characters. */
const charactersForOne = 10_000

/**
 * Counts what a frame sends.
 *
 * @returns Takes down a message of so many characters at this time, in milliseconds; false once they are too many.
 */
export function messageBudget(): (now: number, characters: number) => boolean {
  let began = Number.NEGATIVE_INFINITY
  let spent = 0
  return (now, characters) => {
    if (now - began >= span) {
      began = now
      spent = 0
    }
    spent += 1 + Math.floor(characters / charactersForOne)
    return spent <= most
  }
}
