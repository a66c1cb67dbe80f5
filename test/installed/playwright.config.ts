import { defineConfig } from 'playwright/test';
import base from '../e2e/playwright.config.ts';

/** Of npm run test:installed, which runs it as an ordinary user. */
export default defineConfig(base, { testDir: '.', testMatch: '*.spec.ts', timeout: 300_000 });
