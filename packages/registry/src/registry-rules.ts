import type { RuleTable } from '@plexica/manifest-schema'
import { keyRules } from './auth/key-rules.ts'
import { carryOverRules } from './installations/carry-over.ts'
import { configurationRules } from './installations/configuration.ts'
import { dependencyRules } from './installations/dependency-rules.ts'
import { experimentRules } from './installations/experiment.ts'
import { permissionRules } from './installations/grants.ts'
import { installationRules } from './installations/installation-findings.ts'
import { hostRules } from './installations/update-plan.ts'
import { nameRules } from './plugins/name-rules.ts'
import { inspectionRules } from './publishing/inspection-rules.ts'

/** Every rule of the registry's own, for the documentation. */
export const registryRules: RuleTable = {
  ...nameRules,
  ...inspectionRules,
  ...keyRules,
  ...permissionRules,
  ...configurationRules,
  ...carryOverRules,
  ...hostRules,
  ...dependencyRules,
  ...experimentRules,
  ...installationRules,
}
