import { defineConfig } from 'playwright/test';

/** The real app, on its own, one at a time: training takes every core. Run with a screen or a virtual one. */
export default defineConfig({
  testDir: './specs',
  outputDir: '../../test-results/e2e',
  workers: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list']],
});
