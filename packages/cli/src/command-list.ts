import type { Command } from './command.ts'
import { buildCommand } from './commands/build.ts'
import { infoCommand } from './commands/info.ts'
import { initCommand } from './commands/init.ts'
import { installCommand } from './commands/install.ts'
import { loginCommand } from './commands/login.ts'
import { logoutCommand } from './commands/logout.ts'
import { packCommand } from './commands/pack.ts'
import { publishCommand } from './commands/publish.ts'
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
import { whoamiCommand } from './commands/whoami.ts'
import { unyankCommand, yankCommand } from './commands/yank.ts'

/** Every command, in the order of the help. A command of two words belongs to a group. */
export const commands: readonly Command[] = [
  initCommand,
  validateCommand,
  buildCommand,
  packCommand,
  publishCommand,
  submitCommand,
  statusCommand,
  yankCommand,
  unyankCommand,
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
  loginCommand,
  logoutCommand,
  whoamiCommand,
]

export const groups: Readonly<Record<string, string>> = { review: 'Look at submissions and decide about them' }
