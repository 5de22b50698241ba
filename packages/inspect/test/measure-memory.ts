// Inspects the package whose path is given and prints by how many bytes the process grew at its highest.
import { open } from 'node:fs/promises'
import { inspectPackage } from '../src/index.ts'
import { inChunks } from './build-archive.ts'
import { goodPackage } from './build-package.ts'

const [, , path = ''] = process.argv
let highest = 0

async function* readOverOneBuffer(): AsyncGenerator<Uint8Array> {
  const file = await open(path)
  const buffer = Buffer.alloc(64 * 1024)
  try {
    while (true) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length)
      if (bytesRead === 0) return
      yield buffer.subarray(0, bytesRead)
      // Not `maxRSS`: that begins with what the parent process had at the fork.
      highest = Math.max(highest, process.memoryUsage.rss())
    }
  } finally {
    await file.close()
  }
}

// The code itself and what it needs for any package are not what is measured.
await inspectPackage(inChunks(goodPackage()))
const before = process.memoryUsage.rss()
const start = performance.now()
const { findings, packedBytes, unpackedBytes } = await inspectPackage(readOverOneBuffer())
const milliseconds = Math.round(performance.now() - start)
console.log(JSON.stringify({ grown: highest - before, milliseconds, packedBytes, unpackedBytes, findings }))
