import type { Texts } from '../texts.ts'

export const publish: Texts['publish'] = {}
