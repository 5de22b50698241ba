import { flag, list, optional, required, text } from './command.ts'

export const jsonOption = flag('--json', 'answer with one JSON object on stdout, words on stderr')
export const folderArgument = optional('the plugin’s folder (default: this one)')
export const manifestOption = text(
  '--manifest <path>',
  'the manifest, from the plugin’s folder (default: manifest.json)',
)
export const skipTestsOption = flag('--skip-tests', 'do not run the plugin’s tests')

/** Where the registry is and who asks. */
export const registryOptions = {
  apiUrl: text('--api-url <url>', 'address of the registry (or PLEXICA_API_URL)'),
  apiKey: text('--api-key <key>', 'key for the registry (or PLEXICA_API_KEY, or `plexica login`)'),
} as const
export const tenantOption = text('--tenant <id>', 'the tenant (or PLEXICA_TENANT)')

/** How a plugin is configured without a terminal. A secret has no option of its own: others can read command lines. */
export const configurationOptions = {
  set: list('--set <key=value>', 'a value of the configuration, no secret; may be given several times'),
  config: text('--config <path>', 'a JSON file with the configuration, secrets too; - reads it from stdin'),
} as const
export const grantOption = list('--grant <permission>', 'grant this permission; may be given several times')
export const nonInteractiveOption = flag('--non-interactive', 'never ask, as without a terminal')
export const pluginArgument = required('id of the plugin')
