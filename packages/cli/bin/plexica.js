#!/usr/bin/env node
// Plain old JavaScript without modules: a Node that is too old has to read this far to be told so.
var wanted = [22, 19]
var parts = process.versions.node.split('.')
var major = Number(parts[0])

if (major > wanted[0] || (major === wanted[0] && Number(parts[1]) >= wanted[1])) {
  require('./start.js')
} else {
  console.error(
    'plexica needs Node ' +
      wanted.join('.') +
      ' or newer; this is Node ' +
      process.versions.node +
      '. See https://nodejs.org.',
  )
  process.exitCode = 1
}
