import type { Texts } from '../texts.ts'

export const review: Texts['review'] = {}
