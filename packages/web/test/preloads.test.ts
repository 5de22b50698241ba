import { afterAll, beforeAll, expect, test } from 'vitest'
import { publishGood } from '../../cli/test/publish-good.ts'
import { openSite, type Site } from './open-site.ts'

let site: Site
beforeAll(async () => {
  site = await openSite()
  await publishGood(site, {})
})
afterAll(() => site?.close())

/** Addresses of the registry's interface that an answer tells the browser to ask for. */
function asksOf(link: string | null): string[] {
  return [...(link ?? '').matchAll(/<(\/api\/[^>]+)>/g)].map(([, address]) => address as string)
}

test.each([
  ['/', 'All plugins'],
  ['/plugins/greeting-card', 'Greeting card'],
])('what %s needs is asked for at once, and once', async (path, heading) => {
  const page = await site.visit('/rules')
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url().slice(site.url.length)))
  const answer = await page.goto(path)
  await page.getByRole('heading', { name: heading, exact: true }).first().waitFor()
  const told = asksOf((await answer?.headerValue('link')) ?? null)
  expect(told.length).toBeGreaterThan(0)
  for (const address of told) expect(asked.filter((one) => one === address)).toEqual([address])
  expect(page.complaints).toEqual([])
})
