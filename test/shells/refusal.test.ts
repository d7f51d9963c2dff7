import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findBrowser } from '../../electron/shells/browser/find-browser.ts';
import { createRefusalWindow } from '../../electron/shells/browser/refusal-window.ts';
import { askRaise, watchRaise } from '../../electron/shells/raise.ts';
import { answerOf, describeRefusal, refusalPage } from '../../electron/shells/refusal.ts';
import type { Refusal, RefusalAnswer } from '../../electron/shells/refusal.ts';
import { runKiosk } from '../../electron/shells/run-kiosk.ts';
import type { KioskEnd } from '../../electron/shells/supervisor.ts';
import { createSystemNotice, listAskers } from '../../electron/shells/system-notice.ts';
import { until } from '../support/shells.ts';

const REFUSAL: Refusal = { status: 2, sentence: 'goi.json, line 1: "<b>" is no package.' };

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'kiosk-refusal-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs with these ends one after the other; the person answers so. */
async function run(ends: KioskEnd[], answers: (RefusalAnswer | null)[], raised = false) {
  const said: string[] = [];
  const shown: Refusal[] = [];
  let attempts = 0;
  const status = await runKiosk({
    attempt: async () => ends[attempts++]!,
    show: [
      async () => Promise.reject(new Error('no browser')),
      async (refusal) => {
        shown.push(refusal);
        return answers.shift() ?? null;
      },
    ],
    raiseOther: async () => raised,
    say: (line) => said.push(line),
    signal: new AbortController().signal,
  });
  return { status, attempts, shown, said };
}

test('a start that was refused is shown, is tried again when a person says so, and never by itself', async () => {
  const refused = { status: 2, sentence: 'No such package.', vi: 'Không có gói.' };
  expect(await run([refused], ['close'])).toMatchObject({ status: 2, attempts: 1, shown: [refused] });
  expect(await run([refused, refused, { status: 0, sentence: null }], ['retry', 'retry'])).toMatchObject({
    status: 0,
    attempts: 3,
  });
  // Nothing can show it: one line, one status, no second try.
  const blind = await run([refused], [null]);
  expect(blind).toMatchObject({ status: 2, attempts: 1 });
  expect(blind.said[0]).toBe('Không có gói. / No such package.');
});

test('a kiosk that was asked to end shows nothing', async () => {
  expect(await run([{ status: 0, sentence: null }], [])).toMatchObject({ status: 0, attempts: 1, shown: [], said: [] });
});

test('a second start brings the first one to the front; only when that one does not answer, a window says so', async () => {
  const running = { status: 75, sentence: 'The kiosk is already running on this data folder.' };
  expect(await run([running], ['close'], true)).toMatchObject({ status: 75, shown: [] });
  expect((await run([running], ['close'], false)).shown).toHaveLength(1);
});

test('the kiosk that runs takes the request to come to the front; without one the wait is bounded and leaves nothing', async () => {
  let raised = 0;
  writeFileSync(path.join(folder, 'come-to-front'), '');
  const stop = watchRaise(folder, () => (raised += 1));
  await new Promise((resolve) => setTimeout(resolve, 700));
  expect(raised).toBe(0);
  expect(await askRaise(folder)).toBe(true);
  expect(raised).toBe(1);
  stop();
  expect(await askRaise(folder, 600)).toBe(false);
  expect(existsSync(path.join(folder, 'come-to-front'))).toBe(false);
  expect(await askRaise(path.join(folder, 'absent'), 600)).toBe(false);
});

test('the page is Vietnamese first, says what happened, and nothing of the sentence becomes part of the page', () => {
  const html = decodeURIComponent(refusalPage(REFUSAL).slice('data:text/html;charset=utf-8,'.length));
  const order = ['Gói phiên hoặc tham số', 'The session package', 'goi.json, line 1', 'Thử lại', 'Try again', 'Đóng'];
  const places = order.map((text) => html.indexOf(text));
  expect(places.every((at) => at > 0)).toBe(true);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(html).not.toContain('<b>');
  expect(html).toContain("default-src 'none'");
  expect(describeRefusal({ status: 75, sentence: 'x', vi: 'Điểm cầu đang chạy trên máy này.' }).vi).toContain(
    'đang chạy',
  );
  for (const status of [2, 3, 69, 75, 1]) expect(describeRefusal({ status, sentence: 'x' }).vi).toMatch(/^\p{Lu}/u);
  expect([answerOf('kiosk-answer retry'), answerOf('kiosk-answer close'), answerOf('retry')]).toEqual([
    'retry',
    'close',
    null,
  ]);
});

test('the system’s own means gets the text as it is and gives the answer back', async () => {
  const env = { PATH: folder, HOME: folder };
  const notice = createSystemNotice('linux', env);
  const { signal } = new AbortController();
  expect(await notice(REFUSAL, signal)).toBe(null);
  const program = (name: string, status: number) => {
    writeFileSync(
      path.join(folder, name),
      `#!/bin/sh\nfor a in "$@"; do printf '%s\\n' "$a"; done > ${folder}/${name}.args\nexit ${status}\n`,
    );
    chmodSync(path.join(folder, name), 0o755);
  };
  program('xmessage', 10);
  expect(await notice(REFUSAL, signal)).toBe('retry');
  program('xmessage', 11);
  expect(await notice(REFUSAL, signal)).toBe('close');
  program('zenity', 0);
  expect(await notice(REFUSAL, signal)).toBe('retry');
  expect(readFileSync(path.join(folder, 'zenity.args'), 'utf8')).toContain(REFUSAL.sentence);
  program('zenity', 1);
  expect(await notice(REFUSAL, signal)).toBe('close');
  // One that could not open a window is no answer: the next means is asked.
  program('zenity', 255);
  program('kdialog', 254);
  program('xmessage', 10);
  expect(await notice(REFUSAL, signal)).toBe('retry');
});

test('a person who does not answer is not waited for when the kiosk is asked to end', async () => {
  mkdirSync(path.join(folder, 'bin'));
  writeFileSync(path.join(folder, 'bin', 'zenity'), '#!/bin/sh\nexec /bin/sleep 60\n', { mode: 0o755 });
  const giveUp = new AbortController();
  const asked = createSystemNotice('linux', { PATH: path.join(folder, 'bin') })(REFUSAL, giveUp.signal);
  setTimeout(() => giveUp.abort(), 200);
  expect(await asked).toBe('close');
});

test('no text becomes code of the system’s own means', () => {
  const nasty: Refusal = { status: 2, sentence: `"; do evil \`id\` $(id) ' & "` };
  for (const platform of ['win32', 'darwin'])
    for (const { args } of listAskers(nasty, platform))
      for (const arg of args) expect(arg.includes('do evil') && arg !== args.at(-1)).toBe(false);
  expect(listAskers(nasty, 'win32')[0]?.args.join(' ')).not.toContain('do evil');
});

test(
  'the browser shows it in a window of its own, and a press or a closed window is the answer',
  { timeout: 60_000 },
  async () => {
    const executable = findBrowser({ platform: process.platform, env: process.env });
    if (!executable) throw new Error('these tests need Edge, Chrome or Chromium on the PATH');
    const show = createRefusalWindow({ executable, root: process.getuid?.() === 0, headless: true });
    const { default: puppeteer } = await import('puppeteer-core');
    const launch = puppeteer.launch.bind(puppeteer);
    for (const [press, expected] of [
      ['button[value="retry"]', 'retry'],
      ['button[value="close"]', 'close'],
      [null, 'close'],
    ] as const) {
      let text = '';
      puppeteer.launch = async (options) => {
        const browser = await launch(options);
        void until('the page', async () => {
          const page = (await browser.pages())[0];
          text = (await page?.evaluate(() => document.body?.innerText ?? '').catch(() => '')) ?? '';
          return text.includes('Thử lại') ? page : null;
        }).then((page) =>
          // After the shell has begun to listen.
          setTimeout(() => void (press ? page.click(press) : page.close()).catch(() => {}), 300),
        );
        return browser;
      };
      try {
        expect(await show(REFUSAL, new AbortController().signal)).toBe(expected);
      } finally {
        puppeteer.launch = launch;
      }
      expect(text).toContain('goi.json, line 1: "<b>" is no package.');
    }
  },
);
