import { mkdtemp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import puppeteer from 'puppeteer-core';
import type { CoreAddress } from '../shell.ts';
import { TOKEN_COOKIE } from '../../contract/shell.ts';
import { printFlags } from './flags.ts';

export interface PrintOptions {
  executable: string;
  /** Folder under which a throw-away profile is made and removed again. */
  folder: string;
  root: boolean;
  core: CoreAddress;
  /** `/print/…` on the core. */
  path: string;
  /** Ends the browser at once; the promise then rejects. */
  signal?: AbortSignal;
}

/** Longest wait for the document and its fonts. */
const LOAD_MS = 30_000;

/**
 * Prints a page of the core to PDF in a browser of its own that lives about two seconds: a kiosk window cannot print, and
 * a new tab would cover it. Page size and margins come from the document's `@page`. Rejects when the core does not serve it.
 */
export async function printPdf(options: PrintOptions): Promise<Uint8Array> {
  options.signal?.throwIfAborted();
  await mkdir(options.folder, { recursive: true, mode: 0o700 });
  const profile = await mkdtemp(path.join(options.folder, 'print-'));
  try {
    const browser = await puppeteer.launch({
      executablePath: options.executable,
      pipe: true,
      ignoreDefaultArgs: true,
      waitForInitialPage: false,
      defaultViewport: null,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      args: ['--remote-debugging-pipe', ...printFlags({ profile, root: options.root })],
      ...(options.signal ? { signal: options.signal } : {}),
    });
    const kill = () => browser.process()?.kill('SIGKILL');
    options.signal?.addEventListener('abort', kill);
    try {
      options.signal?.throwIfAborted();
      const context = browser.defaultBrowserContext();
      await context.setCookie({
        name: TOKEN_COOKIE,
        value: options.core.tokens.console,
        domain: '127.0.0.1',
        path: '/print/',
        httpOnly: true,
        sameSite: 'Strict',
        secure: false,
      });
      const page = await context.newPage();
      const address = `http://127.0.0.1:${options.core.port}${options.path}`;
      const answer = await page.goto(address, { waitUntil: 'load', timeout: LOAD_MS });
      if (!answer?.ok()) throw new Error(`the core answered ${answer?.status() ?? 'nothing'} for the document`);
      return await page.pdf({ preferCSSPageSize: true, printBackground: true, waitForFonts: true, timeout: LOAD_MS });
    } finally {
      options.signal?.removeEventListener('abort', kill);
      await browser.close();
    }
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
