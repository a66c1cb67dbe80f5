import { defineConfig } from 'playwright/test';
import { languageOf, type Language } from '../../shared/language.ts';

/** Not a test: `npm run pictures -- OUT` photographs the real app. It fails only where a state cannot be reached. */
export default defineConfig<{ language: Language }>({
  testDir: '.',
  testMatch: '*.scene.ts',
  outputDir: '../../test-results/pictures',
  workers: 1,
  use: { language: languageOf('system', [process.env.FIRSTLAYER_PICTURES_LANGUAGE ?? 'en']) },
  timeout: 600_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
});
