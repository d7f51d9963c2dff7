import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import type { AddressInfo } from 'node:net';
import puppeteer, { type Browser, type BrowserContext, type Page } from 'puppeteer-core';
import { build } from 'vite';
import { findBrowser } from '../../build/find-browser.mjs';
import type { PageOptions, PageReport } from './page/page.ts';

const FLAGS = [
  '--headless=new',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
  '--autoplay-policy=no-user-gesture-required',
  '--mute-audio',
  '--window-size=640,360',
  '--no-sandbox',
];
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.map': 'application/json' };

/** The page that plays, built once, served on a port of its own; and browsers to open it in. */
export class Lab {
  #dir = '';
  #server: http.Server | null = null;
  #base = '';
  #browsers = new Set<Browser>();

  get base(): string {
    return this.#base;
  }

  async start(): Promise<void> {
    this.#dir = fs.mkdtempSync(path.join(os.tmpdir(), 'fault-page-'));
    await build({
      configFile: false,
      root: path.join(import.meta.dirname, 'page'),
      base: './',
      logLevel: 'error',
      build: { outDir: this.#dir, emptyOutDir: true, target: 'chrome120', assetsInlineLimit: 0 },
    });
    const worker = createRequire(import.meta.url).resolve('hls.js/dist/hls.worker.js');
    fs.copyFileSync(worker, path.join(this.#dir, 'hls.worker.js'));
    this.#server = http.createServer((request, response) => {
      const name = path.basename((request.url ?? '/').split('?')[0]!) || 'index.html';
      const file = [path.join(this.#dir, name), path.join(this.#dir, 'assets', name)].find((f) => fs.existsSync(f));
      if (!file) response.writeHead(404).end();
      else
        response
          .writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' })
          .end(fs.readFileSync(file));
    });
    await new Promise<void>((resolve) => this.#server!.listen(0, '127.0.0.1', resolve));
    this.#base = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#browsers].map((browser) => browser.close().catch(() => undefined)));
    this.#server?.closeAllConnections();
    this.#server?.close();
    fs.rmSync(this.#dir, { recursive: true, force: true });
  }

  /**
   * `autoplay` false: the browser refuses sound that nobody asked for, as an ordinary one does. `extraFlags` are added
   * to the usual ones. `program`: another one than the PC's.
   */
  async openBrowser({
    autoplay = true,
    extraFlags = [] as readonly string[],
    program = null as { executablePath: string; env: NodeJS.ProcessEnv } | null,
  } = {}): Promise<Browser> {
    const executablePath = program?.executablePath ?? findBrowser();
    if (!executablePath) throw new Error('no Chromium, Chrome or Edge on this machine');
    const browser = await puppeteer.launch({
      executablePath,
      ...(program ? { env: program.env } : {}),
      args: [...(autoplay ? FLAGS : FLAGS.filter((flag) => !flag.startsWith('--autoplay'))), ...extraFlags],
      ignoreDefaultArgs: true,
      pipe: true,
      // As in the kiosk's own shell: a watched page keeps a record of every request.
      networkEnabled: false,
      issuesEnabled: false,
    });
    this.#browsers.add(browser);
    return browser;
  }

  async closeBrowser(browser: Browser): Promise<void> {
    this.#browsers.delete(browser);
    await browser.close().catch(() => undefined);
  }

  /** A page in a context of its own: memory of the place, cache and connections are not shared between rows. */
  async openPage(browser: Browser, size: { width: number; height: number }, context?: BrowserContext): Promise<Page> {
    const page = await (context ?? (await browser.createBrowserContext())).newPage();
    await page.setViewport(size);
    await page.goto(`${this.#base}/index.html`);
    return page;
  }
}

export function beginPage(page: Page, options: PageOptions): Promise<void> {
  return page.evaluate((o) => window.bench.begin(o), options);
}

export function readPage(page: Page, { forget = false } = {}): Promise<PageReport> {
  return page.evaluate((f) => window.bench.read(f), forget);
}
