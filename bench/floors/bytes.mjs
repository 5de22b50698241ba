// The least server of bytes: node:http answering one Buffer.   node bytes.mjs PORT BYTES
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'

const [port, bytes] = process.argv.slice(2).map(Number)
const body = Buffer.alloc(bytes, 'plexica ')
const etag = `"${createHash('sha256').update(body).digest('hex')}"`
const headers = { 'content-type': 'text/javascript', 'content-length': bytes, etag }
createServer((request, response) => {
  if (request.headers['if-none-match'] === etag) response.writeHead(304, { etag }).end()
  else response.writeHead(200, headers).end(body)
}).listen(port, '127.0.0.1')
