import type { Texts } from '../texts.ts'

export const myPlugins: Texts['myPlugins'] = {}
