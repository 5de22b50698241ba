import { flag, optional, text } from './command.ts'

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
