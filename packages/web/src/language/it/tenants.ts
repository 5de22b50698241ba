import type { Texts } from '../texts.ts'

export const tenants: Texts['tenants'] = {}
