import { BlobDamaged, BlobStoreFull, BlobStoreUnavailable } from '../blobs/blob-store.ts'
import { DatabaseUnavailable } from '../db/database-unavailable.ts'
import { CannotOpen } from '../open-world.ts'
import { CannotTransfer } from './cannot-transfer.ts'

/** Why a command cannot be carried out and what to do about it; undefined for what nobody expected. */
export function startFailure(error: unknown): string | undefined {
  if (error instanceof CannotOpen || error instanceof CannotTransfer) return error.message
  if (error instanceof BlobStoreFull || error instanceof BlobStoreUnavailable || error instanceof BlobDamaged) {
    return `${error.message} Nothing else was changed; mend the blob store and run it again.`
  }
  if (error instanceof DatabaseUnavailable) return `The database does not answer: ${error.message}. Run it again.`
  if (!isSystemError(error)) return undefined
  const { code, address = '', port = 0, hostname = '' } = error
  if (code === 'EADDRINUSE') {
    return `Port ${port} of ${address} is in use. Stop the program that has it, or set PLEXICA_PORT to another port.`
  }
  if (code === 'EACCES' && error.syscall === 'listen') {
    return `This user may not listen on port ${port}. Set PLEXICA_PORT to a port above 1023.`
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return `${address || hostname} is not an address of this machine. Correct PLEXICA_HOST.`
  }
  return undefined
}

interface SystemError extends NodeJS.ErrnoException {
  address?: string
  port?: number
  hostname?: string
}

function isSystemError(error: unknown): error is SystemError {
  return error instanceof Error && 'syscall' in error
}
