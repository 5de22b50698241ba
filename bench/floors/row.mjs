// The least server of one row: node:http and a prepared better-sqlite3 statement.   node row.mjs PORT FILE ID
import { createServer } from 'node:http'
import { createRequire } from 'node:module'

const Database = createRequire(new URL('../../packages/registry/package.json', import.meta.url))('better-sqlite3')
const [port, file, id] = process.argv.slice(2)
const database = new Database(file, { readonly: true })
const find = database.prepare('select * from plugins where id = ?')
createServer((_request, response) => {
  const body = Buffer.from(JSON.stringify(find.get(id)))
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
}).listen(Number(port), '127.0.0.1')
