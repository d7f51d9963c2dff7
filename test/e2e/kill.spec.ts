import { expect, test } from '@playwright/test';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launchKiosk, type RunningKiosk } from '../rehearsal/kiosk.ts';
import { listPracticePeople, signInByApi } from '../rehearsal/people.ts';
import { readProof } from '../rehearsal/proof.ts';

/** The picture must be back after so long, whatever was killed. */
const BACK_WITHIN_MS = 10_000;
const PEOPLE = 40;

/** True when the stage's video moved during the last 300 ms. */
async function isPlaying(kiosk: RunningKiosk): Promise<boolean> {
  const page = await kiosk.page('stage');
  return page.evaluate(async () => {
    const positions = () => [...document.querySelectorAll('video')].map((v) => v.currentTime);
    const before = positions();
    await new Promise((resolve) => setTimeout(resolve, 300));
    return positions().some((t, i) => t > (before[i] ?? t));
  });
}

async function until(what: string, check: () => Promise<boolean>, timeoutMs: number): Promise<number> {
  const began = Date.now();
  for (;;) {
    if (await check().catch(() => false)) return Date.now() - began;
    if (Date.now() - began > timeoutMs) throw new Error(`waited ${timeoutMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function signedIn(kiosk: RunningKiosk): Promise<number> {
  return (await kiosk.view('desk')).signedIn;
}

test('kill -9 of core, browser and both: same sitting, same count, picture back, one report', async () => {
  test.setTimeout(240_000);
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-kill-'));
  const kiosk = await launchKiosk({ dataDir, headless: true, argv: ['--people', String(PEOPLE), '--minutes', '1'] });
  const people = listPracticePeople(PEOPLE).map((p) => p.id);
  const backMs: Record<string, number> = {};
  try {
    await until('the first frame', () => isPlaying(kiosk), 60_000);
    const sitting = (await kiosk.view('desk')).sitting?.id;
    const victims: [string, () => (number | undefined)[]][] = [
      ['core', () => [kiosk.corePid()]],
      ['browser', () => [kiosk.browserPid()]],
      ['both', () => [kiosk.corePid(), kiosk.browserPid()]],
    ];
    let count = 0;
    for (const [name, pids] of victims) {
      const next = people.slice(count, count + 10);
      const answers = await signInByApi(await kiosk.page('desk'), next);
      expect(answers.every((a) => a.ok)).toBe(true);
      count += next.length;
      for (const pid of pids()) {
        if (pid === undefined) throw new Error(`no process to kill: ${name}`);
        process.kill(pid, 'SIGKILL');
      }
      // The old page may still look alive for a moment.
      await new Promise((resolve) => setTimeout(resolve, 500));
      backMs[name] = 500 + (await until(`the picture after killing ${name}`, () => isPlaying(kiosk), BACK_WITHIN_MS));
      await until(
        'the core after the kill',
        async () => (await kiosk.view('desk')).sitting?.id === sitting,
        BACK_WITHIN_MS,
      );
      expect(await signedIn(kiosk)).toBe(count);
    }
    await until('delivery', async () => (await kiosk.view('desk')).sitting?.state === 'delivered', 120_000);
  } finally {
    await kiosk.stop();
  }
  const proof = await readProof(dataDir);
  rmSync(dataDir, { recursive: true, force: true });
  console.log(`picture back after ${JSON.stringify(backMs)} ms`);
  expect(proof).toMatchObject({ arrived: 1, receiptVerified: true, chain: true });
  expect(proof.report).toMatchObject({ totals: { present: 30, summoned: PEOPLE }, sitting: { endedBy: 'ENDLIST' } });
});
