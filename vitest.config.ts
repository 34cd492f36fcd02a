import { defineConfig } from 'vitest/config'

// Two projects: `unit` needs nothing but Node and is fast; `system` runs real Postgres, Temporal and mail servers.
// A system test is named *.system.test.ts or lies in one of the folders below.
const system = ['**/*.system.test.ts', 'test/{api,browser,chaos,cli,engine,gate,launcher,support}/**/*.test.ts']
const never = ['node_modules/**', 'dist/**', '.dealwright/**']

export default defineConfig({
  test: {
    projects: [
      {
        test: { name: 'unit', include: ['**/*.test.ts'], exclude: [...system, ...never], testTimeout: 60_000 },
      },
      {
        test: {
          name: 'system',
          include: system,
          exclude: never,
          globalSetup: ['test/support/global-setup.ts'],
          testTimeout: 300_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
})
