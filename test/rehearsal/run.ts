import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { PRACTICE_PIN } from '../../electron/core/rehearsal/rehearsal.ts';
import { launchKiosk, type RunningKiosk } from './kiosk.ts';
import { clearOutFolder, outFile } from './out-folder.ts';
import { listPracticePeople, signInByApi, signInOnScreen } from './people.ts';
import { readProof, type Proof } from './proof.ts';

/** Drives a whole rehearsal unattended through the real windows, from the first frame to the verified receipt. */

const USAGE = `npm run rehearsal -- [--headless] [--people 300] [--minutes 1] [--on-screen 12] [--delay 12] [--out FOLDER] [--json FILE]`;
/** At the end the last frames are shown for the delay, then the report waits its part of the delivery window. */
const AFTER_END_MS = 90_000;

interface Plan {
  headless: boolean;
  people: number;
  minutes: number;
  onScreen: number;
  delay: number;
  out: string;
  json: string | null;
}

function readPlan(): Plan {
  const { values } = parseArgs({
    options: {
      headless: { type: 'boolean' },
      people: { type: 'string', default: '300' },
      minutes: { type: 'string', default: '1' },
      'on-screen': { type: 'string', default: '12' },
      delay: { type: 'string', default: '12' },
      out: { type: 'string', default: path.join('out', 'rehearsal') },
      json: { type: 'string' },
    },
  });
  const people = Math.max(1, Number(values.people));
  return {
    headless: values.headless === true,
    people,
    minutes: Number(values.minutes),
    onScreen: Math.min(people, Number(values['on-screen'])),
    delay: Number(values.delay),
    out: path.resolve(values.out),
    json: values.json ?? null,
  };
}

const began = Date.now();
function say(text: string): void {
  const seconds = ((Date.now() - began) / 1000).toFixed(0).padStart(4);
  process.stdout.write(`${seconds} s  ${text}\n`);
}

async function waitFor<T>(what: string, look: () => Promise<T | null>, timeoutMs: number): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await look().catch(() => null);
    if (found !== null) return found;
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs / 1000} s in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

async function openConsole(kiosk: RunningKiosk, plan: Plan): Promise<void> {
  const page = await kiosk.page('console');
  await page.bringToFront();
  await page.screenshot({ path: outFile(plan.out, 'console-locked.png') });
  await page.keyboard.type(PRACTICE_PIN, { delay: 30 });
  await page.keyboard.press('Enter');
  await waitFor('the console to open', async () => ((await kiosk.view('console')).open ? true : null), 10_000);
}

async function drive(kiosk: RunningKiosk, plan: Plan): Promise<void> {
  const stage = await kiosk.page('stage');
  say('windows are open; waiting for the first frame');
  await waitFor(
    'the first frame',
    async () => ((await kiosk.view('desk')).sitting?.state === 'live' ? true : null),
    60_000,
  );
  await stage.screenshot({ path: outFile(plan.out, 'stage-1.png') });
  await openConsole(kiosk, plan);
  const desk = await kiosk.page('desk');
  await desk.bringToFront();
  await desk.screenshot({ path: outFile(plan.out, 'desk-idle.png') });

  const people = listPracticePeople(plan.people);
  for (const [i, person] of people.slice(0, plan.onScreen).entries()) {
    const outcome = await signInOnScreen(desk, person);
    if (outcome !== 'signed_in') throw new Error(`${person.id} on screen: ${outcome} instead of signed_in`);
    if (i === 0) await desk.screenshot({ path: outFile(plan.out, 'desk-signed-in.png') });
    say(`on screen ${i + 1}/${plan.onScreen}`);
  }
  const again = await signInOnScreen(desk, people[0]!);
  if (again !== 'already_signed_in') throw new Error(`a second sign-in gave ${again}`);
  await desk.screenshot({ path: outFile(plan.out, 'desk-already.png') });
  const rest = people.slice(plan.onScreen).map((p) => p.id);
  for (let at = 0; at < rest.length; at += 50) {
    const answers = await signInByApi(desk, rest.slice(at, at + 50));
    const failed = answers.filter((a) => !a.ok);
    if (failed.length > 0)
      throw new Error(`the desk's API refused ${failed.length} people: ${JSON.stringify(failed[0])}`);
    say(`by the desk's API ${Math.min(at + 50, rest.length)}/${rest.length}`);
  }
  await stage.screenshot({ path: outFile(plan.out, 'stage-2.png') });
  const board = await kiosk.page('console');
  await board.bringToFront();
  await board.screenshot({ path: outFile(plan.out, 'console.png') });
  await waitForReceipt(kiosk, plan);
  await board.bringToFront();
  await board.screenshot({ path: outFile(plan.out, 'console-delivered.png') });
  await stage.screenshot({ path: outFile(plan.out, 'stage-closing.png') });
}

async function waitForReceipt(kiosk: RunningKiosk, plan: Plan): Promise<void> {
  let told = '';
  await waitFor(
    'the receipt of the province',
    async () => {
      const view = await kiosk.view('console');
      const status = view.open?.delivery[0];
      const line = `sitting ${view.sitting?.state}${view.sitting?.ending ? ' (last frames)' : ''}, report ${status?.state ?? 'not yet sealed'}`;
      if (line !== told) say(line);
      told = line;
      return status?.state === 'delivered' && view.sitting?.state === 'delivered' ? true : null;
    },
    plan.minutes * 60_000 + AFTER_END_MS + plan.delay * 1000,
  );
}

interface Result {
  frames_decoded: number;
  signed_in: number;
  ended_by: string | null;
  report_id: string | null;
  sealed_ms: number | null;
  receipt_verified: boolean;
  attempts: number;
  arrived: number;
  shell: string;
  chain_verified: boolean;
  minutes_shown: number;
  rebuffer_ms: number;
  pictures: string;
}

function toResult(proof: Proof, kiosk: RunningKiosk, plan: Plan): Result {
  const { report } = proof;
  return {
    frames_decoded: report?.playback.framesDecoded ?? 0,
    signed_in: report?.totals.present ?? 0,
    ended_by: report?.sitting.endedBy ?? null,
    report_id: report?.reportId ?? null,
    sealed_ms: proof.sealedMs,
    receipt_verified: proof.receiptVerified,
    attempts: proof.attempts,
    arrived: proof.arrived,
    shell: kiosk.shell,
    chain_verified: proof.chain,
    minutes_shown: report?.playback.minutesShown ?? 0,
    rebuffer_ms: report?.playback.rebufferMs ?? 0,
    pictures: plan.out,
  };
}

function findShortfalls(result: Result, plan: Plan): string[] {
  const faults: string[] = [];
  if (result.signed_in !== plan.people) faults.push(`signed in ${result.signed_in} of ${plan.people}`);
  if (result.ended_by !== 'ENDLIST') faults.push(`ended by ${result.ended_by}`);
  if (result.frames_decoded < plan.minutes * 600) faults.push(`only ${result.frames_decoded} frames decoded`);
  if (!result.receipt_verified) faults.push('no verified receipt');
  if (result.arrived !== 1) faults.push(`${result.arrived} reports arrived instead of one`);
  if (!result.chain_verified) faults.push('the attendance log does not verify');
  return faults;
}

async function main(): Promise<number> {
  const plan = readPlan();
  clearOutFolder(plan.out);
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-rehearsal-'));
  say(`rehearsal of ${plan.minutes} min with ${plan.people} people`);
  const argv = ['--people', String(plan.people), '--minutes', String(plan.minutes), '--delay', String(plan.delay)];
  const kiosk = await launchKiosk({ dataDir, headless: plan.headless, argv, log: (line) => say(`kiosk: ${line}`) });
  try {
    await drive(kiosk, plan);
  } finally {
    await kiosk.stop();
  }
  const proof = await readProof(dataDir);
  writeFileSync(outFile(plan.out, 'report.json'), `${JSON.stringify(proof.report, null, 2)}\n`);
  rmSync(dataDir, { recursive: true, force: true });
  const result = toResult(proof, kiosk, plan);
  if (plan.json) writeFileSync(plan.json, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write('\n');
  for (const [name, value] of Object.entries(result)) process.stdout.write(`${name.padEnd(18)} ${String(value)}\n`);
  const shortfalls = findShortfalls(result, plan);
  for (const line of shortfalls) process.stdout.write(`SHORT OF THE BAR: ${line}\n`);
  return shortfalls.length === 0 ? 0 : 1;
}

process.exitCode = await main().catch((cause: unknown) => {
  process.stderr.write(`The rehearsal failed: ${cause instanceof Error ? cause.message : String(cause)}\n${USAGE}\n`);
  return 1;
});
