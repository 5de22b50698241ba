import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'all',
          include: ['packages/**/*.test.ts', 'scripts/**/*.test.ts'],
          exclude: ['**/node_modules/**', '**/postgres.test.ts'],
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
            '**/{sqlite-search,storage-full,storage-faults,blob-store,registry-on-s3,command-line,stopping,route-permissions}.test.ts',
          ],
          globalSetup: ['packages/registry/test/stores-for-tests.ts'],
          env: { TEST_ENGINE: 'postgres' },
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
