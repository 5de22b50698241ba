#!/usr/bin/env node
// Plain JavaScript that the oldest Node can read, to say in a sentence what it would otherwise fail on oddly.
var version = process.versions.node.split('.').map(Number)
if (version[0] < 22 || (version[0] === 22 && version[1] < 19)) {
  console.error('plexica-registry needs Node 22.19 or newer; this is %s. See https://nodejs.org.', process.version)
  process.exit(1)
} else {
  require('./run.cjs')
}
