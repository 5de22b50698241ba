// Bare Express with an open SQLite database, for its memory.   node express.mjs PORT FILE
import { createRequire } from 'node:module'

const require = createRequire(new URL('../../packages/registry/package.json', import.meta.url))
const [port, file] = process.argv.slice(2)
const database = new (require('better-sqlite3'))(file)
database.pragma('journal_mode = WAL')
const app = require('express')()
app.get('/', (_request, response) => response.json(database.prepare('select 1 as one').get()))
app.listen(Number(port), '127.0.0.1')
