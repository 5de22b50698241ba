import type { Command } from './command.ts'
import { buildCommand } from './commands/build.ts'
import { completionCommand } from './commands/completion.ts'
import { deprecateCommand } from './commands/deprecate.ts'
import { devCommand } from './commands/dev.ts'
import { doctorCommand } from './commands/doctor.ts'
import { infoCommand } from './commands/info.ts'
import { initCommand } from './commands/init.ts'
import { installCommand } from './commands/install.ts'
import {
  configureCommand,
  disableCommand,
  enableCommand,
  listCommand,
  outdatedCommand,
  rollbackCommand,
  uninstallCommand,
  updateCommand,
} from './commands/installations.ts'
import { keysCreateCommand, keysListCommand, keysRevokeCommand } from './commands/keys.ts'
import { loginCommand } from './commands/login.ts'
import { logoutCommand } from './commands/logout.ts'
import { packCommand } from './commands/pack.ts'
import { publishCommand } from './commands/publish.ts'
import { rateCommand } from './commands/rate.ts'
import {
  reviewApproveCommand,
  reviewClaimCommand,
  reviewDiffCommand,
  reviewListCommand,
  reviewRejectCommand,
  reviewReleaseCommand,
  reviewShowCommand,
  reviewWalkCommand,
} from './commands/review.ts'
import { searchCommand } from './commands/search.ts'
import { statusCommand } from './commands/status.ts'
import { submitCommand } from './commands/submit.ts'
import { validateCommand } from './commands/validate.ts'
import { versionsCommand } from './commands/versions.ts'
import { whoamiCommand } from './commands/whoami.ts'
import { unyankCommand, yankCommand } from './commands/yank.ts'

/** Every command, in the order of the help. A command of two words belongs to a group. */
export const commands: readonly Command[] = [
  initCommand,
  validateCommand,
  devCommand,
  buildCommand,
  packCommand,
  publishCommand,
  submitCommand,
  statusCommand,
  versionsCommand,
  yankCommand,
  unyankCommand,
  deprecateCommand,
  reviewListCommand,
  reviewShowCommand,
  reviewDiffCommand,
  reviewClaimCommand,
  reviewReleaseCommand,
  reviewApproveCommand,
  reviewRejectCommand,
  reviewWalkCommand,
  searchCommand,
  infoCommand,
  installCommand,
  listCommand,
  configureCommand,
  outdatedCommand,
  updateCommand,
  rollbackCommand,
  enableCommand,
  disableCommand,
  uninstallCommand,
  rateCommand,
  loginCommand,
  logoutCommand,
  whoamiCommand,
  keysCreateCommand,
  keysListCommand,
  keysRevokeCommand,
  doctorCommand,
  completionCommand,
]

export const groups: Readonly<Record<string, string>> = {
  review: 'Look at submissions and decide about them',
  keys: 'Make, list and revoke keys',
}

/** For whom commands are, by their first words. Each heading stands in the help where its first command does. */
const headings: Readonly<Record<string, readonly string[]>> = {
  'Developers:': [
    'init',
    'validate',
    'dev',
    'build',
    'pack',
    'publish',
    'submit',
    'status',
    'versions',
    'yank',
    'unyank',
    'deprecate',
  ],
  'Super-admins:': ['review'],
  'Tenants:': [
    'search',
    'info',
    'install',
    'list',
    'configure',
    'outdated',
    'update',
    'rollback',
    'enable',
    'disable',
    'uninstall',
    'rate',
  ],
  'Everybody:': ['login', 'logout', 'whoami', 'keys', 'doctor', 'completion', 'help'],
}

export function headingOf(word: string): string {
  return Object.entries(headings).find(([, words]) => words.includes(word))?.[0] ?? 'Commands:'
}
