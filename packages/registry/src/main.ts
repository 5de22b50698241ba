import { readFileSync } from 'node:fs'
import { commands } from './commands.ts'
import { runCommand } from './run-command.ts'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'))

process.exitCode = await runCommand(commands, version, process.argv.slice(2), {
  env: process.env,
  print: (text) => process.stdout.write(`${text}\n`),
  say: (text) => process.stderr.write(`${text}\n`),
  watched: process.stderr.isTTY === true,
})
