import { expect, test } from 'vitest'
import { gathered, partsOf, pieces } from './pieces.ts'

const numbers = (to: number) => Array.from({ length: to }, (_, index) => index + 1)

async function* oneByOne(to: number) {
  yield* numbers(to)
}

async function all<Part>(parts: AsyncIterable<Part>): Promise<Part[]> {
  const got: Part[] = []
  for await (const part of parts) got.push(part)
  return got
}

test.each([
  [0, []],
  [2, [[1, 2]]],
  [3, [[1, 2, 3]]],
  [7, [[1, 2, 3], [4, 5, 6], [7]]],
])('%i items come in parts of three', async (count, parts) => {
  const asked: (number | undefined)[] = []
  const next = async (after: number | undefined, take: number) => {
    asked.push(after)
    return numbers(count).slice(after ?? 0, (after ?? 0) + take)
  }
  expect(await all(pieces(3, next))).toEqual(parts)
  expect(await all(gathered(oneByOne(count), 3))).toEqual(parts)
  expect([...partsOf(numbers(count), 3)]).toEqual(parts)
  expect(asked[0]).toBeUndefined()
  expect(asked.slice(1)).toEqual(numbers(count).filter((number) => number % 3 === 0))
})
