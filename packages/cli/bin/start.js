const { existsSync } = require('node:fs')
const { enableCompileCache } = require('node:module')
const { join } = require('node:path')

enableCompileCache()
// A checkout runs its sources; the published package has only what was built from them.
const source = join(__dirname, '..', 'src', 'main.ts')
import(existsSync(source) ? '../src/main.ts' : '../dist/main.js')
