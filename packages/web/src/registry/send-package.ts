import { createClient } from '@plexica/api/client'

/** How much of a package has left this machine, 0 to 1. */
export type OnProgress = (share: number) => void

/** The registry does not say how long it inspects; a connection that breaks ends the wait. In milliseconds. */
const patience = 2 ** 31 - 1

/**
 * A client of the registry that sends this file as the package of whatever is called with `body: packageOf(file)`. The
 * browser reads it off the disk part by part.
 */
export function clientSending(file: File, onProgress: OnProgress) {
  return createClient({ url: window.location.origin, timeout: patience, fetch: fetchSending(file, onProgress) })
}

/** Stands for the file: browsers stream a body that a script makes over HTTP/2 alone. */
export async function* packageOf(file: File): AsyncGenerator<Uint8Array> {
  yield new Uint8Array(await file.arrayBuffer())
}

/** `fetch` with the file as its body, of which XMLHttpRequest alone tells how much is sent. */
function fetchSending(file: File, onProgress: OnProgress): typeof fetch {
  return (address, { method = 'POST', headers, signal } = {}) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest()
      request.open(method, String(address))
      new Headers(headers).forEach((value, name) => {
        request.setRequestHeader(name, value)
      })
      request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 1)
      request.upload.onload = () => onProgress(1)
      request.onload = () => resolve(answerOf(request))
      request.onerror = () => reject(new TypeError('the connection broke'))
      request.onabort = () => reject(new DOMException('The upload was stopped.', 'AbortError'))
      signal?.addEventListener('abort', () => request.abort(), { once: true })
      request.send(file)
    })
}

function answerOf(request: XMLHttpRequest): Response {
  const headers = { 'content-type': request.getResponseHeader('content-type') ?? '' }
  return new Response(request.responseText, { status: request.status, headers })
}
