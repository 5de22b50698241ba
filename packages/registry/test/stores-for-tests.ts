import { buildApp } from 'fauxqs'
import { startPostgres } from './start-postgres.ts'

/** One database server and one S3 server for all test files of a run; each test registry has its own place on both. */
export default async function setup(): Promise<() => Promise<void>> {
  const postgres = await startPostgres()
  process.env.TEST_POSTGRES_URL = postgres.url
  const s3 = buildApp({ logger: false })
  process.env.TEST_S3_ENDPOINT = await s3.listen({ port: 0, host: '127.0.0.1' })
  return async () => {
    await s3.close()
    await postgres.stop()
  }
}
