/** Asks the shop's own server, with the token of this page. */
export interface ShopApi {
  get(path: string): Promise<unknown>
  post(path: string, body: unknown): Promise<unknown>
  put(path: string, body: unknown): Promise<unknown>
}

export function createShopApi(token: () => Promise<string>): ShopApi {
  async function ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const headers = new Headers({ authorization: `Bearer ${await token()}` })
    const init: RequestInit = { method, headers }
    if (body !== undefined) {
      headers.set('content-type', 'application/json')
      init.body = JSON.stringify(body)
    }
    const response = await fetch(path, init)
    const answer = response.status === 204 ? undefined : await response.json()
    if (!response.ok) throw new Error(answer?.error ?? answer?.detail ?? `The shop answered ${response.status}.`)
    return answer
  }
  return {
    get: (path) => ask('GET', path),
    post: (path, body) => ask('POST', path, body),
    put: (path, body) => ask('PUT', path, body),
  }
}
