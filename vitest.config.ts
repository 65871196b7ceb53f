import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    env: { FORCE_COLOR: '3', CI: '', TZ: 'UTC', NO_COLOR: '' },
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/**/*.test.{ts,tsx}'], exclude: ['test/e2e/**', 'test/lab/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/build.ts'],
          testTimeout: 60_000,
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: { name: 'lab', include: ['test/lab/*.test.ts'], testTimeout: 60_000, fileParallelism: false },
      },
    ],
  },
});
