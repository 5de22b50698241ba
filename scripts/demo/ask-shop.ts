/** Asks the shop as one of its pages does. Throws with what it answers when that is no success. */
export async function askShop(shop: string, page: string, path: string, body?: unknown): Promise<unknown> {
  const { token } = await (await fetch(`${shop}/api/token?page=${page}`)).json()
  const answer = await fetch(shop + path, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
  return answer.json()
}
