import { commands } from './commands.ts'

const [name = '', ...args] = process.argv.slice(2)
const command = commands[name]
if (!command) {
  console.error(`usage: plexica-registry ${Object.keys(commands).join(' | ')}`)
  process.exit(2)
}
process.exitCode = await command(args, process.env)
