import { defineConfig } from 'vitest/config'

// Three projects: `unit` needs nothing but Node and is fast; `system` runs real Postgres, Temporal and mail servers, two files at a
// time; `alone` kills them, fills disks or watches whole processes, and has the machine to itself.
// A system test is named *.system.test.ts or lies in one of the folders below.
const alone = [
  'test/{chaos,engine,launcher}/**/*.test.ts',
  'test/gate/{races,stop}.test.ts',
  'test/browser/**/*.test.ts',
  'test/api/audit.test.ts',
  'server/audit/*.system.test.ts', // what may be sealed depends on every transaction of the server, others' too
]
const system = ['**/*.system.test.ts', 'test/{api,browser,chaos,cli,engine,gate,launcher,support}/**/*.test.ts']
const never = ['node_modules/**', 'dist/**', '.dealwright/**']
const onRealParts = { globalSetup: ['test/support/global-setup.ts'], testTimeout: 300_000, hookTimeout: 120_000 }

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...system, ...never],
          testTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...onRealParts,
          name: 'system',
          include: system,
          exclude: [...alone, ...never],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...onRealParts,
          name: 'alone',
          include: alone,
          exclude: never,
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
