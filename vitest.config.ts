import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** What has sockets, processes, terminals or clocks of its own. */
const adapters = ['test/ports/**/*.test.ts', 'test/ui/**/*.test.tsx'];

export default defineConfig({
  test: {
    globalSetup: ['test/support/temporary-root.ts'],
    // A hung test is to end, a loaded machine is no failure.
    testTimeout: 60_000,
    // One more than there are processors: what starts programs waits for them.
    maxWorkers: availableParallelism() + 1,
    env: { FORCE_COLOR: '3', CI: '', TZ: 'UTC', NO_COLOR: '' },
    projects: [
      {
        extends: true,
        // Pure code keeps nothing between files: loading it once per worker takes a third of the time.
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**', 'test/lab/*.test.ts', ...adapters],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'adapters', include: adapters } },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/build.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'lab', include: ['test/lab/*.test.ts'], fileParallelism: false },
      },
    ],
  },
});
