import { errorsOf, type Problem, type Route, routes } from '@plexica/api'

const rows = Object.values<Route>(routes).map((row) => ({
  row,
  address: new RegExp(`^${row.path.replace(/\*\w+/g, '.+').replace(/:\w+/g, '[^/]+')}$`),
}))

/** Asks as `fetch` does. Fails where a route refuses with a code that its documentation does not have. */
export const documentedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init)
  if (response.headers.get('content-type') !== 'application/problem+json; charset=utf-8') return response
  const { code } = (await response.clone().json()) as Problem
  const { pathname } = new URL(String(input))
  // The first that takes the address answers.
  const asked = rows.find(({ row, address }) => row.method === init?.method && address.test(pathname))
  if (asked && !errorsOf(asked.row).includes(code)) {
    throw new Error(`${asked.row.method} ${asked.row.path} answers ${code}, which is not among its errors`)
  }
  return response
}
