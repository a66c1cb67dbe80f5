import { defineConfig } from 'playwright/test';

/** Not a test: `npm run pictures -- OUT` photographs the real app. It fails only where a state cannot be reached. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.scene.ts',
  outputDir: '../../test-results/pictures',
  workers: 1,
  timeout: 600_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
});
