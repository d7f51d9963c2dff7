import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { findBrowser } from './find-browser.mjs';

const browser = findBrowser();
/** Whole kiosks, and pictures that are measured by the clock: one at a time. */
const KIOSKS =
  /[\\/](checks-command|electron|faults|hall-[a-z]+|kill|lobby|shell-[a-z]+|stage-layout|stage-player|windows-stage)\.spec\.ts$/;

export default defineConfig({
  testDir: path.resolve(import.meta.dirname, '../test/e2e'),
  testMatch: '**/*.spec.ts',
  outputDir: path.resolve(import.meta.dirname, '../test-results'),
  timeout: 120_000,
  workers: 2,
  // `npm test` runs them one after the other.
  projects: [
    { name: 'pages', testIgnore: KIOSKS },
    { name: 'kiosks', testMatch: KIOSKS, workers: 1 },
  ],
  reporter: 'list',
  use: {
    launchOptions: {
      ...(browser ? { executablePath: browser } : {}),
      args: [
        '--autoplay-policy=no-user-gesture-required',
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
      ],
    },
  },
});
