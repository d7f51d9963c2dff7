import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import { answerOf, refusalPage } from '../refusal.ts';
import type { RefusalAnswer, ShowRefusal } from '../refusal.ts';
import { noticeFlags } from './flags.ts';

/** Longest wait for the browser to show the page. */
const OPEN_MS = 15_000;

/** Shows a refusal in a small window of the browser, under a throw-away profile: the data folder is left as it is. */
export function createRefusalWindow(options: { executable: string; root: boolean; headless?: boolean }): ShowRefusal {
  return async (refusal, signal) => {
    const profile = await mkdtemp(path.join(os.tmpdir(), 'kiosk-notice-'));
    try {
      const browser = await puppeteer.launch({
        executablePath: options.executable,
        pipe: true,
        ignoreDefaultArgs: true,
        defaultViewport: null,
        timeout: OPEN_MS,
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
        args: ['--remote-debugging-pipe', ...noticeFlags({ ...options, profile, address: refusalPage(refusal) })],
        signal,
      });
      try {
        return await new Promise<RefusalAnswer>((resolve) => {
          browser.once('disconnected', () => resolve('close'));
          signal.addEventListener('abort', () => resolve('close'), { once: true });
          // A window that was closed leaves a browser without one on some systems.
          browser.on('targetdestroyed', () => {
            void browser.pages().then(
              (pages) => pages.length === 0 && resolve('close'),
              () => resolve('close'),
            );
          });
          void browser.pages().then(([page]) => {
            page?.on('console', (message) => {
              const answer = answerOf(message.text());
              if (answer) resolve(answer);
            });
          });
        });
      } finally {
        await browser.close().catch(() => {});
      }
    } finally {
      await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
  };
}
