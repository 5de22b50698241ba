import type { Texts } from '../texts.ts'

export const install: Texts['install'] = {}
