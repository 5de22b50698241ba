import { ApiError, type Client, type Submission } from '@plexica/api'
import { ageText } from '../style.ts'

export interface Place extends Pick<Submission, 'position' | 'typicalWaitSeconds'> {
  /** Of a line of its own; empty where it is not known. */
  readonly words: string
}

export const unknownPlace: Place = { position: null, typicalWaitSeconds: null, words: '' }

/** Where a submission stands. What has been sent has been sent, so a registry that does not answer now is no failure. */
export async function placeInQueue(client: Client, submissionId: string | null, signal: AbortSignal): Promise<Place> {
  if (submissionId === null) return unknownPlace
  try {
    const { position, typicalWaitSeconds } = await client.getSubmission({ params: { submissionId }, signal })
    return { position, typicalWaitSeconds, words: wordsOf({ position, typicalWaitSeconds }) }
  } catch (error) {
    if (error instanceof ApiError) return unknownPlace
    throw error
  }
}

function wordsOf({ position, typicalWaitSeconds }: Omit<Place, 'words'>): string {
  if (position === null) return ''
  const wait = typicalWaitSeconds === null ? '' : `; others waited ${ageText(typicalWaitSeconds * 1000)}`
  return `position ${position} in the queue${wait}`
}
