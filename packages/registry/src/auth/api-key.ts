import { createHash, randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const secretLength = 32
const checksumLength = 6
const form = new RegExp(`^plx_[0-9A-Za-z]{${secretLength + checksumLength}}$`)

/** A fresh key: `plx_`, 32 random base-62 digits (190 bits), and a CRC-32 of them, so that a mistyped key is told at once. */
export function newApiKey(): string {
  const secret = Array.from({ length: secretLength }, randomDigit).join('')
  return `plx_${secret}${checksum(secret)}`
}

/** Whether the text has the form and checksum of a key; says nothing about its being known. */
export function isApiKey(text: string): boolean {
  if (!form.test(text)) return false
  const secret = text.slice(4, 4 + secretLength)
  return text.slice(4 + secretLength) === checksum(secret)
}

/** What is stored and looked up in the key's place. */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}

function randomDigit(): string {
  // 248 is the largest multiple of 62 in a byte: values above it would favour the first digits.
  for (;;) {
    const [byte = 255] = randomBytes(1)
    if (byte < 248) return alphabet[byte % 62] as string
  }
}

function checksum(secret: string): string {
  let rest = crc32(secret)
  let digits = ''
  for (let i = 0; i < checksumLength; i++) {
    digits = alphabet[rest % 62] + digits
    rest = Math.floor(rest / 62)
  }
  return digits
}
