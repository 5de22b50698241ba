import { startPostgres } from './start-postgres.ts'
import { startS3 } from './start-s3.ts'

/** One database server and one S3 server for all test files of a run; each test registry has its own place on both. */
export default async function setup(): Promise<() => Promise<void>> {
  const postgres = await startPostgres()
  process.env.TEST_POSTGRES_URL = postgres.url
  const s3 = await startS3()
  process.env.TEST_S3_ENDPOINT = s3.endpoint
  return async () => {
    await s3.stop()
    await postgres.stop()
  }
}
