import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    env: { FORCE_COLOR: '3', CI: '', TZ: 'UTC', NO_COLOR: '' },
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/**/*.test.{ts,tsx}'] },
      },
      {
        extends: true,
        test: { name: 'lab', include: ['test/lab/**/*.test.ts'], testTimeout: 60_000, fileParallelism: false },
      },
    ],
  },
});
