// The least server of bytes: node:http answering one Buffer.   node bytes.mjs PORT FILE
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'

const [port, file] = process.argv.slice(2)
const body = readFileSync(file)
const etag = `"${createHash('sha256').update(body).digest('hex')}"`
const headers = { 'content-type': 'text/javascript', 'content-length': body.length, etag }
createServer((request, response) => {
  if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end()
  else response.writeHead(200, headers).end(body)
}).listen(Number(port), '127.0.0.1')
