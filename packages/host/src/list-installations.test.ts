import type { Installation } from '@plexica/api'
import { expect, test } from 'vitest'
import { listInstallations } from './list-installations.ts'

function installation(number: number): Installation {
  return {
    pluginId: `plugin-${String(number).padStart(3, '0')}`,
    tenantId: 'acme',
    name: 'Plugin',
    version: '1.0.0',
    digest: `sha256-${'0'.repeat(64)}`,
    enabled: true,
    configuration: {},
    secrets: [],
    grantedPermissions: [],
    components: [],
    bundle: null,
    experiment: null,
    sandbox: null,
    findings: [],
    installedBy: 'ann',
    installedAt: '2026-01-01T00:00:00.000Z',
    updatedAt: '2026-01-01T00:00:00.000Z',
  }
}

type Ask = Parameters<typeof listInstallations>[0]

test.each([0, 1, 100, 101, 250])('asks for every page of %i plugins', async (total) => {
  const all = Array.from({ length: total }, (_, number) => installation(number))
  const asked: unknown[] = []
  const client: Ask = {
    async listInstallations({ params, query: { skip = 0, take = 20, enabled } = {} }) {
      asked.push({ ...params, skip, take, enabled })
      return { installations: all.slice(skip, skip + take), skip, take, total }
    },
  }
  const list = await listInstallations(client, 'acme', new AbortController().signal)
  expect(list).toEqual(all)
  expect(asked).toHaveLength(Math.max(1, Math.ceil(total / 100)))
  expect(asked[0]).toEqual({ tenantId: 'acme', skip: 0, take: 100, enabled: true })
})

test('a plugin that moves to the next page meanwhile is listed once', async () => {
  const client: Ask = {
    async listInstallations({ query: { skip = 0 } = {} }) {
      const start = skip === 0 ? 0 : 99
      return {
        installations: Array.from({ length: skip === 0 ? 100 : 2 }, (_, number) => installation(start + number)),
        skip,
        take: 100,
        total: 101,
      }
    },
  }
  const list = await listInstallations(client, 'acme', new AbortController().signal)
  expect(list.map(({ pluginId }) => pluginId)).toEqual([...new Set(list.map(({ pluginId }) => pluginId))])
  expect(list).toHaveLength(101)
})
