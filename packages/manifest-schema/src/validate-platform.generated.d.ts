// Made from the schemas by `pnpm generate`. Do not edit.
import type { SchemaValidator } from './schema-findings.ts'
export declare const validatePlatform: SchemaValidator
export declare const keysAt: Readonly<Record<string, readonly string[]>>
