// Runs a registry whose pages are those of a folder: `node start-with-pages.ts FOLDER`.
import { readConfig } from '../src/config.ts'
import { startRegistry } from '../src/start-registry.ts'

const read = readConfig(process.env)
if ('problems' in read) throw new Error(read.problems.join('\n'))
const registry = await startRegistry(read.config, undefined, undefined, process.argv[2])
process.once('SIGTERM', () => registry.stop())
