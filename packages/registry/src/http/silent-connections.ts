import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Gives what closes the connections on which nothing has ever come. Clients open some in advance; to Node they are not
 * idle but waiting for their first request, so that `closeIdleConnections` passes them by.
 */
export function watchSilentConnections(server: Server): () => void {
  const sockets = new Set<Socket>()
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  return () => {
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy()
  }
}
