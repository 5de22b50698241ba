import type { RuleTable } from '@plexica/manifest-schema/validate'
import { archiveRules } from './archive/archive-rules.ts'
import { contentRules } from './archive/content-rules.ts'
import { capabilityRules } from './capabilities/capability-rules.ts'
import { codeRules } from './code/code-rules.ts'
import { secretRules } from './code/secret-rules.ts'
import { listingRules } from './listing/listing-rules.ts'
import { pictureRules } from './listing/picture-rules.ts'

/** Every rule of this package by its code. */
export const inspectRules: RuleTable = {
  ...archiveRules,
  ...contentRules,
  ...codeRules,
  ...secretRules,
  ...capabilityRules,
  ...listingRules,
  ...pictureRules,
}
