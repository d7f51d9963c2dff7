import path from 'node:path';
import type { Page } from 'puppeteer-core';
import type { ConsoleView, DeskView, StageView } from '../../electron/contract/api.ts';
import type { HallRole } from '../../electron/contract/shell.ts';
import { createBrowserShell } from '../../electron/shells/browser/browser-shell.ts';
import { checkDisplay } from '../../electron/shells/browser/check-display.ts';
import { findBrowser } from '../../electron/shells/browser/find-browser.ts';
import { spawnCore, type CoreProcess } from '../../electron/shells/core-process.ts';
import { startSupervisor } from '../../electron/shells/supervisor.ts';
import { createTokens } from '../../electron/shells/tokens.ts';

const ROOT = path.resolve(import.meta.dirname, '..', '..');

interface Views {
  stage: StageView;
  desk: DeskView;
  console: ConsoleView;
}

/** The whole kiosk as a hall gets it (built core, built windows, a real browser), with a hand on its windows. */
export interface RunningKiosk {
  shell: string;
  /** The window's page; waits until it is open. */
  page(role: HallRole): Promise<Page>;
  /** What the core tells a window now, read as that window reads it. */
  view<R extends HallRole>(role: R): Promise<Views[R]>;
  corePid(): number | undefined;
  browserPid(): number | undefined;
  stop(): Promise<{ status: number; sentence: string | null }>;
}

export interface KioskOptions {
  dataDir: string;
  headless: boolean;
  /** Arguments for the core, without `--data`. */
  argv: string[];
  log?: (line: string) => void;
}

/** Starts it; rejects with a sentence when there is no browser or no display. */
export async function launchKiosk(options: KioskOptions): Promise<RunningKiosk> {
  const { platform, env } = process;
  const ready = await checkDisplay(
    { platform, env },
    { headless: options.headless, browser: findBrowser({ platform, env }), wantedBrowser: null },
  );
  if (!ready.ok) throw new Error(`${ready.end.vi} / ${ready.end.sentence}`);
  const executable = ready.browser;
  const tokens = createTokens();
  let core: CoreProcess | null = null;
  const shell = createBrowserShell({
    executable,
    dataFolder: options.dataDir,
    headless: options.headless,
    root: process.getuid?.() === 0,
    platform: process.platform,
  });
  const supervisor = startSupervisor({
    shell,
    tokens,
    startCore: () => (core = spawnCore(process.execPath, path.join(ROOT, 'dist', 'core', 'start.js'))),
    argv: ['--data', options.dataDir, ...options.argv],
    log: options.log ?? (() => undefined),
  });

  const page = async (role: HallRole): Promise<Page> => {
    for (let waited = 0; waited < 30_000; waited += 100) {
      const found = shell.pageOf(role);
      if (found && !found.isClosed() && found.url().startsWith('http://127.0.0.1:')) return found;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`the ${role} window did not open within 30 s`);
  };

  const view = async <R extends HallRole>(role: R): Promise<Views[R]> => {
    const origin = new URL((await page(role)).url()).origin;
    const stop = new AbortController();
    try {
      const answer = await fetch(`${origin}/${role}/api/events`, {
        headers: { authorization: `Bearer ${tokens[role]}` },
        signal: AbortSignal.any([stop.signal, AbortSignal.timeout(5_000)]),
      });
      let text = '';
      for await (const part of answer.body ?? []) {
        text += Buffer.from(part as Uint8Array).toString('utf8');
        const data = /^data: (.+)$/mu.exec(text)?.[1];
        if (data && text.includes('\n\n')) return JSON.parse(data) as Views[R];
      }
      throw new Error(`the core ended the ${role} event stream`);
    } finally {
      stop.abort();
    }
  };

  return {
    shell: shell.kind,
    page,
    view,
    corePid: () => core?.pid,
    browserPid: () => shell.browserPid(),
    stop: async () => {
      const end = await supervisor.stop();
      return { status: end.status, sentence: end.sentence };
    },
  };
}
