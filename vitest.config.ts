import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** TensorFlow cannot be loaded twice into one process. Two of them at a time: a test seldom keeps a core and a half busy. */
const alone = {
  pool: 'forks',
  maxWorkers: 2,
  // After the unit tests, should all be run at once: their number of workers is another.
  sequence: { groupOrder: 1 },
  setupFiles: 'test/support/remove-temporary-folders.ts',
  testTimeout: 300_000,
  hookTimeout: 120_000,
} as const;

export default defineConfig({
  test: {
    projects: [
      {
        // The window's state as it runs in the window: the compiler would else take Node for a server, where nothing reacts.
        plugins: [
          svelte({ configFile: false, dynamicCompileOptions: () => ({ generate: 'client' }) }),
        ],
        // Property tests of some thousand runs, on a machine that may be busy.
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          setupFiles: 'test/support/remove-temporary-folders.ts',
          // By itself it leaves one core of two idle.
          maxWorkers: 2,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'engine',
          include: ['test/engine/**/*.test.ts'],
          ...alone,
        },
      },
      {
        // Of npm run test:packaged only, which tells it where the packed app is.
        test: {
          name: 'packaged',
          include: ['test/packaged/**/*.test.ts'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          globalSetup: ['test/faults/support/table.ts'],
          ...alone,
        },
      },
    ],
  },
});
