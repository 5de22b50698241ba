import type { Texts } from '../texts.ts'

export const versions: Texts['versions'] = {}
