import type { Texts } from '../texts.ts'

export const moderation: Texts['moderation'] = {}
