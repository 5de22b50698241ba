export type * from './inspection.ts'
