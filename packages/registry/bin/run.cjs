// Apart from plexica-registry.cjs, because an old Node cannot even read `import()`.
const { existsSync } = require('node:fs')
const { join } = require('node:path')

// The workspace has the sources, which Node runs as they are; what is published has them built.
import(existsSync(join(__dirname, '../src/main.ts')) ? '../src/main.ts' : '../dist/main.js')
