import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser } from 'puppeteer-core';

export interface BrowserCopy {
  executablePath: string;
  env: NodeJS.ProcessEnv;
  remove(): void;
}

/**
 * A copy of the program of `browser` with the libraries it is linked to. Pages of a file are shared with every process that has the
 * same file open, and proportional memory counts a part of them: only a copy keeps other browsers of the PC, which come and go, out of
 * the measure. Needs /proc and `ldd`; null without them.
 */
export function copyBrowser(browser: Browser): BrowserCopy | null {
  const pid = browser.process()?.pid;
  if (pid === undefined || !fs.existsSync(`/proc/${pid}/exe`)) return null;
  const program = fs.realpathSync(`/proc/${pid}/exe`);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'soak-browser-'));
  fs.cpSync(path.dirname(program), folder, { recursive: true, dereference: true });
  const libraries = path.join(folder, 'linked-libraries');
  fs.mkdirSync(libraries);
  for (const [, library] of execFileSync('ldd', [program], { encoding: 'utf8' }).matchAll(/=> (\/\S+)/g))
    fs.copyFileSync(library!, path.join(libraries, path.basename(library!)));
  return {
    executablePath: path.join(folder, path.basename(program)),
    env: { ...process.env, LD_LIBRARY_PATH: libraries },
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  };
}
