import { startPostgres } from './start-postgres.ts'

/** One server for all test files of a run; each test registry has a database of its own on it. */
export default async function setup(): Promise<() => Promise<void>> {
  const server = await startPostgres()
  process.env.TEST_POSTGRES_URL = server.url
  return () => server.stop()
}
