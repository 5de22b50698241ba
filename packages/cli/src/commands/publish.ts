import { type Command, defineCommand, flag, type InputOf, number, text } from '../command.ts'
import { folderArgument, jsonOption, manifestOption, registryOptions, skipTestsOption } from '../shared-options.ts'

const form = {
  arguments: { folder: folderArgument },
  options: {
    version: text('--version <semver>', 'publish as this version (default: the manifest’s)'),
    changelog: text('--changelog <text>', 'what changed, when CHANGELOG.md has no section for the version'),
    tag: text('--tag <channel>', 'publish to this channel, such as beta, and leave `latest` as it is'),
    dryRun: flag('--dry-run', 'do everything but publish, and say what publishing would answer'),
    offline: flag('--offline', 'with --dry-run: without the registry, needs no key'),
    draft: flag('--draft', 'store the version without submitting it for review'),
    visibility: text('--visibility <who>', 'what a new plugin becomes (default: public)', ['public', 'private']),
    wait: flag('--wait', 'wait until the review has decided'),
    timeout: number('--timeout <seconds>', 'longest wait for an answer (default: 30) or with --wait a decision (600)'),
    skipTests: skipTestsOption,
    nonInteractive: flag('--non-interactive', 'never ask, as without a terminal'),
    manifest: manifestOption,
    ...registryOptions,
    json: jsonOption,
  },
} as const
export type PublishInput = InputOf<typeof form>

export const publishCommand: Command = defineCommand({
  name: 'publish',
  summary: 'Check, build, test, pack and publish a plugin for review',
  examples: [
    'plexica publish --dry-run --offline',
    'plexica publish --version 1.4.0 --changelog "Faster charts"',
    'plexica publish --non-interactive --json --wait',
  ],
  form,
  load: async () => (await import('../publish/publish-plugin.ts')).publishPlugin,
})
