import { defineConfig } from 'playwright/test';

/** Virtual ones (scripts/testing/screen.mjs), each for one app at a time, which then has focus and clipboard to itself. */
const screens = process.env.FIRSTLAYER_SCREENS?.split(' ') ?? [];
// Each worker reads this file; the process that starts them, which has no number, does not need a screen.
const own = screens[Number(process.env.TEST_PARALLEL_INDEX)];
if (own !== undefined) process.env.DISPLAY = own;

/** The real app. On a person's own screen one test goes at a time. */
export default defineConfig({
  testDir: './specs',
  outputDir: '../../test-results/e2e',
  workers: Math.max(screens.length, 1),
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list']],
});
