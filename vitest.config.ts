import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'

/** Where tests of the registry leave the statements it ran, for the test of their plans. */
const queries = join(tmpdir(), `plexica-queries-${process.pid}`)

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // By itself vitest leaves one core idle, which is half of a small machine.
    maxWorkers: availableParallelism(),
    // Said, because files of the order 0 may come after all others: https://vitest.dev/config/sequence
    sequence: { groupOrder: 1 },
    projects: [
      {
        // What runs in the test's own process: the registry on SQLite and disk, and the packages that it is made of.
        extends: true,
        test: {
          name: 'core',
          include: ['packages/{manifest-schema,inspect,api,registry}/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/{postgres,query-plans}.test.ts'],
          setupFiles: ['packages/registry/test/collect-queries.ts'],
          env: { TEST_QUERIES: queries },
          // Files share what they import, which takes a third of their time; none leaves anything behind.
          isolate: false,
        },
      },
      {
        // What runs beside the registry: the command line as a child process, the host in a browser, the scripts.
        extends: true,
        test: {
          name: 'tools',
          include: ['packages/{cli,host}/**/*.test.ts', 'scripts/**/*.test.ts', 'examples/storefront/test/*.test.ts'],
        },
      },
      {
        // The registry once more through its front door, on a PostgreSQL and an S3 server of the run's own.
        extends: true,
        test: {
          name: 'postgres',
          include: ['packages/registry/test/*.test.ts'],
          // Not those that speak of SQLite, of blobs or of the process alone: they would say the same twice.
          exclude: [
            '**/{sqlite-search,storage-full,storage-faults,blob-store,registry-on-s3,command-line,stopping,route-permissions,query-plans}.test.ts',
          ],
          globalSetup: ['packages/registry/test/stores-for-tests.ts'],
          setupFiles: ['packages/registry/test/collect-queries.ts'],
          env: { TEST_ENGINE: 'postgres', TEST_QUERIES: queries },
          isolate: false,
        },
      },
      {
        // The pages in a browser, as the registry serves them: built once for all.
        extends: true,
        test: {
          name: 'web',
          include: ['packages/web/test/**/*.test.ts'],
          globalSetup: ['packages/web/test/build-pages.ts'],
        },
      },
      {
        // When all others have run.
        extends: true,
        test: {
          name: 'plans',
          include: ['packages/registry/test/query-plans.test.ts'],
          env: { TEST_QUERIES: queries },
          sequence: { groupOrder: 2 },
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['packages/{manifest-schema,inspect,registry,api}/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.generated.*'],
      reporter: ['json-summary'],
      reportOnFailure: true,
      reportsDirectory: 'coverage',
    },
  },
})
