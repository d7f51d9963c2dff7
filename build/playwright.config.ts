import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { findBrowser } from './find-browser.mjs';

const browser = findBrowser();

export default defineConfig({
  testDir: path.resolve(import.meta.dirname, '../test/e2e'),
  testMatch: '**/*.spec.ts',
  outputDir: path.resolve(import.meta.dirname, '../test-results'),
  timeout: 120_000,
  workers: 1,
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
