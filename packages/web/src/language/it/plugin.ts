import type { Texts } from '../texts.ts'

export const plugin: Texts['plugin'] = {}
