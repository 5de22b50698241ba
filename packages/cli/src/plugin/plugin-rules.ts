import { findingsOf, limits } from '@plexica/manifest-schema/validate'

/** What may be wrong with a plugin's folder, beside what the manifest's and the package's own rules find. */
export const pluginRules = {
  'manifest-missing': {
    severity: 'error',
    summary: 'The folder has no manifest, so it is no plugin.',
    fix: 'Run the command in the folder of a plugin, name that folder, or make a plugin with `plexica init`.',
  },
  'plugin-file-missing': {
    severity: 'error',
    summary: 'The manifest names a file that is not there.',
    fix: 'Add the file, or correct its path in the manifest.',
  },
  'plugin-file-outside': {
    severity: 'error',
    summary: 'A file to be packed stands outside the plugin’s folder, behind a symbolic link.',
    fix: 'Copy the file into the plugin’s folder.',
  },
  'plugin-asset-link': {
    severity: 'error',
    summary: 'A symbolic link among the assets. Not every checkout has it, so the package would differ.',
    fix: 'Replace the link by the file that it points to.',
  },
  'plugin-path-too-long': {
    severity: 'error',
    summary: 'A path does not fit the header of a ustar entry: 100 bytes for the name, 155 for the folders before it.',
    fix: 'Shorten the name.',
  },
  'plugin-too-large': {
    severity: 'error',
    summary: `More files or bytes than a package may have. ${limits.unpackedBytes.reason}`,
    fix: 'Remove what the plugin does not need at run time, or serve large media from a server.',
  },
} as const
export const pluginFinding = findingsOf(pluginRules)
