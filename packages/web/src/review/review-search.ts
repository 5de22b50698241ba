import type { SubmissionState } from '@plexica/api'

const states = ['pending_review', 'approved', 'rejected', 'replaced'] as const satisfies readonly SubmissionState[]

/** Which submissions the queue shows; it stands in the address. */
export interface ReviewSearch {
  /** Those that wait, unless told. */
  state?: Exclude<SubmissionState, 'pending_review'>
  /** Only those that whoever is signed in has claimed. */
  mine?: true
  sort?: 'risk'
  skip?: number
}

export function parseReviewSearch({ state, mine, sort, skip }: Record<string, unknown>): ReviewSearch {
  const known = states.find((one) => one === state)
  const isDecided = known !== undefined && known !== 'pending_review'
  return {
    ...(isDecided ? { state: known } : {}),
    ...(mine === true && !isDecided ? { mine } : {}),
    ...(sort === 'risk' && !isDecided ? { sort } : {}),
    ...(Number.isSafeInteger(skip) && Number(skip) > 0 ? { skip: Number(skip) } : {}),
  }
}

const deskTabs = ['files', 'preview', 'listing', 'history'] as const
export type DeskTab = (typeof deskTabs)[number]

/** The part of a submission that is seen; its files, unless told. */
export function parseDeskSearch({ tab }: Record<string, unknown>): { tab?: DeskTab } {
  const known = deskTabs.find((one) => one === tab)
  return known ? { tab: known } : {}
}
