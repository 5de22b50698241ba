import type { EarlierPoint, NewReviewPoint, RaisedPoint } from '@plexica/api'
import type { Finding } from '@plexica/manifest-schema'
import { describe, expect, test } from 'vitest'
import { findingsDelta, judgePoints, raisePoints } from './resubmission.ts'

const finding = (code: string, path?: string, message = `${code}.`, line?: number): Finding => ({
  code,
  severity: 'warning',
  message,
  fix: 'Mend it.',
  ...(path === undefined ? {} : { path }),
  ...(line === undefined ? {} : { line }),
})

describe('a point of a rejection', () => {
  const icon = finding('icon-blurred', 'assets/icon.svg')
  const readme = finding('readme-short', 'README.md')
  const judge = (point: Omit<NewReviewPoint, 'message'>, before: Finding[], after: Finding[], marks = {}) =>
    judgePoints(
      { points: [{ id: 'p', message: 'Mend it.', state: 'new', ...point }], findings: before },
      after,
      marks,
    )[0]

  test.each<[string, Omit<NewReviewPoint, 'message'>, Finding[], Finding[], EarlierPoint['state']]>([
    ['whose finding has gone', { code: 'icon-blurred' }, [icon], [], 'fixed'],
    ['whose finding is still there', { code: 'icon-blurred' }, [icon], [icon, readme], 'still-open'],
    ['whose file has no finding any more', { path: 'README.md' }, [readme, icon], [icon], 'fixed'],
    [
      'whose file has another finding',
      { path: 'README.md' },
      [readme],
      [finding('readme-links', 'README.md')],
      'still-open',
    ],
    [
      'whose code is found in another file',
      { code: 'a', path: 'x.js' },
      [finding('a', 'x.js')],
      [finding('a', 'y.js')],
      'fixed',
    ],
    [
      'whose code is found in the same file',
      { code: 'a', path: 'x.js' },
      [finding('a', 'x.js')],
      [finding('a', 'x.js', 'Else.')],
      'still-open',
    ],
    ['that names a file without findings', { path: 'README.md' }, [icon], [], 'still-open'],
    ['that names a rule without findings', { code: 'no-such-rule' }, [icon], [], 'still-open'],
    ['in words alone', {}, [icon], [], 'still-open'],
  ])('%s', (_name, point, before, after, state) => {
    expect(judge(point, before, after)).toEqual({ id: 'p', message: 'Mend it.', ...point, state, markedBy: null })
  })

  test('a reviewer has the last word', () => {
    const mark = (state: EarlierPoint['state']) => ({ p: { state, by: 'sue' } })
    expect(judge({}, [], [], mark('fixed'))).toMatchObject({ state: 'fixed', markedBy: 'sue' })
    expect(judge({ code: 'icon-blurred' }, [icon], [icon], mark('fixed'))).toMatchObject({ state: 'fixed' })
    expect(judge({ code: 'icon-blurred' }, [icon], [], mark('still-open'))).toMatchObject({ state: 'still-open' })
    expect(judge({}, [], [], { other: { state: 'fixed', by: 'sue' } })).toMatchObject({ state: 'still-open' })
  })
})

describe('the points of a new rejection', () => {
  const earlier = (id: string, message: string, state: EarlierPoint['state']): EarlierPoint => ({
    id,
    message,
    state,
    markedBy: null,
  })
  const raise = (written: NewReviewPoint[], before: EarlierPoint[]) => {
    let made = 0
    return raisePoints(written, before, () => `n${++made}`)
  }

  test('are new where nothing was before', () => {
    expect(raise([{ message: 'One.' }, { message: 'Two.', path: 'a' }], [])).toEqual([
      { id: 'n1', message: 'One.', state: 'new' },
      { id: 'n2', message: 'Two.', path: 'a', state: 'new' },
    ])
  })

  test('carry on what is still open, and nothing that was fixed', () => {
    const before = [earlier('a', 'Open.', 'still-open'), earlier('b', 'Done.', 'fixed')]
    expect(raise([{ message: 'New.' }], before)).toEqual([
      { id: 'n1', message: 'New.', state: 'new' },
      { id: 'a', message: 'Open.', state: 'still-open' },
    ])
  })

  test('one that is written once more is the same one, and comes once', () => {
    const before = [earlier('a', 'Open.', 'still-open')]
    expect(raise([{ message: 'Open.' }], before)).toEqual([{ id: 'a', message: 'Open.', state: 'still-open' }])
    expect(raise([{ message: 'Open.', path: 'x' }], before).map(({ id }) => id)).toEqual(['n1', 'a'])
  })

  test('one that was fixed and has come back is new', () => {
    expect(raise([{ message: 'Done.' }], [earlier('b', 'Done.', 'fixed')])).toEqual([
      { id: 'n1', message: 'Done.', state: 'new' },
    ])
  })

  test('are bounded, however often something is rejected', () => {
    let points: RaisedPoint[] = []
    for (let round = 0; round < 4; round++) {
      const open = points.map(
        ({ state: _, ...point }): EarlierPoint => ({ ...point, state: 'still-open', markedBy: null }),
      )
      const written = Array.from({ length: 50 }, (_, at) => ({ message: `${round} ${at}` }))
      points = raisePoints(written, open, () => `${round}-${Math.random()}`)
    }
    expect(points).toHaveLength(100)
    expect(points[0]).toMatchObject({ message: '3 0', state: 'new' })
  })
})

describe('the findings of two submissions', () => {
  const a = finding('a', 'x.js', 'First.', 3)
  const b = finding('b', 'x.js')

  test.each<[string, Finding[], Finding[], { fixed: Finding[]; stillOpen: Finding[]; new: Finding[] }]>([
    ['nothing', [], [], { fixed: [], stillOpen: [], new: [] }],
    ['all gone', [a, b], [], { fixed: [a, b], stillOpen: [], new: [] }],
    ['all new', [], [a, b], { fixed: [], stillOpen: [], new: [a, b] }],
    ['one of each', [a], [b], { fixed: [a], stillOpen: [], new: [b] }],
    ['the same on another line', [a], [{ ...a, line: 90 }], { fixed: [], stillOpen: [{ ...a, line: 90 }], new: [] }],
    [
      'the same in other words',
      [a],
      [{ ...a, message: 'Else.' }],
      { fixed: [], stillOpen: [{ ...a, message: 'Else.' }], new: [] },
    ],
    [
      'the same in another file',
      [a],
      [{ ...a, path: 'y.js' }],
      { fixed: [a], stillOpen: [], new: [{ ...a, path: 'y.js' }] },
    ],
    [
      'one of two is left',
      [a, { ...a, message: 'Second.' }],
      [a],
      { fixed: [{ ...a, message: 'Second.' }], stillOpen: [a], new: [] },
    ],
    [
      'one more of a kind',
      [a],
      [{ ...a, message: 'Second.' }, a],
      { fixed: [], stillOpen: [a], new: [{ ...a, message: 'Second.' }] },
    ],
  ])('%s', (_name, before, after, delta) => {
    expect(findingsDelta(before, after)).toEqual(delta)
  })

  test('every finding is counted once', () => {
    const before = Array.from({ length: 40 }, (_, at) => finding(`c${at % 7}`, `f${at % 3}`, `m${at}`))
    const after = Array.from({ length: 30 }, (_, at) => finding(`c${at % 5}`, `f${at % 4}`, `m${at * 2}`))
    const delta = findingsDelta(before, after)
    expect(delta.stillOpen.length + delta.new.length).toBe(after.length)
    expect(delta.fixed.length + delta.stillOpen.length).toBe(before.length)
  })
})
