// Apart from plexica-registry.cjs, because an old Node cannot even read `import()`.
const { existsSync } = require('node:fs')
const { enableCompileCache } = require('node:module')
const { join } = require('node:path')

enableCompileCache()
// The workspace has the sources, which Node runs as they are; what is published has them built.
import(existsSync(join(__dirname, '../src/main.ts')) ? '../src/main.ts' : '../dist/main.js')
