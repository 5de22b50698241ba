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

interface Audience {
  readonly words: readonly string[]
  /** Where their work is described, from the root of the project. */
  readonly docs: string
}

/** For whom commands are, by their first words. Each heading stands in the help where its first command does. */
const headings: Readonly<Record<string, Audience>> = {
  'Developers:': {
    words: [
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
    docs: 'docs/publishing-plugins.md',
  },
  'Super-admins:': { words: ['review'], docs: 'docs/publishing-plugins.md#review' },
  'Tenants:': {
    words: [
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
    docs: 'docs/using-plugins.md',
  },
  'Everybody:': {
    words: ['login', 'logout', 'whoami', 'keys', 'doctor', 'completion', 'help'],
    docs: 'docs/using-plugins.md#your-account-and-your-machine',
  },
}

export function headingOf(word: string): string {
  return Object.entries(headings).find(([, { words }]) => words.includes(word))?.[0] ?? 'Commands:'
}

/** The page about a command of this name. */
export function docsOf(name: string): string {
  const [first = ''] = name.split(' ')
  return headings[headingOf(first)]?.docs ?? 'docs'
}
