/** Which ratings a moderator looks at; it stands in the address. */
export interface ModerationSearch {
  /** Those that were reported, unless told. */
  state?: 'hidden'
  skip?: number
}

export function parseModerationSearch({ state, skip }: Record<string, unknown>): ModerationSearch {
  return {
    ...(state === 'hidden' ? { state } : {}),
    ...(Number.isSafeInteger(skip) && Number(skip) > 0 ? { skip: Number(skip) } : {}),
  }
}
