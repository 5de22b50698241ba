// What 16 connections get in three seconds, as JSON: {perSecond, refused}.   node load.mjs MODULES URL
// undici reads bodies as bytes and lets go of them; a client that makes text of each would measure itself.
import { createRequire } from 'node:module'
import { join } from 'node:path'

const [modules, address] = process.argv.slice(2)
const { Client } = createRequire(join(modules, 'load.js'))('undici')
const { origin, pathname, search } = new URL(address)
const connections = 16
const seconds = 3

let answers = 0
let refused = 0
const end = performance.now() + seconds * 1_000

async function ask() {
  const client = new Client(origin)
  while (performance.now() < end) {
    const status = await new Promise((resolve, reject) => {
      let code = 0
      client.dispatch(
        { method: 'GET', path: pathname + search },
        {
          onRequestStart() {},
          onResponseStart: (_, statusCode) => (code = statusCode),
          onResponseData() {},
          onResponseEnd: () => resolve(code),
          onResponseError: (_, error) => reject(error),
        },
      )
    })
    if (status === 200) answers++
    else refused++
  }
  await client.close()
}

const started = performance.now()
await Promise.all(Array.from({ length: connections }, ask))
console.log(JSON.stringify({ perSecond: (answers * 1_000) / (performance.now() - started), refused }))
