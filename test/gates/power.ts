import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import {
  CrashDisk,
  readDiskRecord,
  SURVIVALS,
  writeImage,
  type DiskCall,
} from '../support/disk-faults/crash-images.ts';
import { buildRecorder, findCompiler } from '../support/disk-faults/disk-faults.ts';
import { lookAtRecords } from '../support/records-image.ts';
import type { CaseResult, Gate, OpenGate } from './gate.ts';
import { createDice } from './mutate.ts';

const LIFE = path.resolve(import.meta.dirname, '../support/recorded-life.ts');
/** Moments of one round are so many calls apart; the next round takes others. */
const STRIDE = 97;
/** What a sitting goes through between two answers, in order. */
const STATES = ['prepared', 'open', 'ended', 'sealed', 'delivered', 'amended', 'sealed', 'delivered'];

/**
 * What a core writes, syncs and renames in a whole life is recorded; then a power cut is tried at any moment of it, with any part of
 * what was not synced. The records must open and hold what was answered, and nothing that was not asked for. In the control syncs do not
 * count: none at all (synchronous=OFF), or not those of a commit (NORMAL).
 */
export const power: Gate = {
  name: 'power',
  what: 'a power cut at any moment of a life: the records open, and hold what was answered',
  cases: null,
  short: 60,
  missing: () => findCompiler(),
  open: ({ control, dir }) => Promise.resolve(open(dir, control)),
};

type Counts = (file: string) => boolean;
const ALL: Counts = () => true;
const OFF: Counts = () => false;
const NORMAL: Counts = (file) => !/-wal$|\.journal$/u.test(file);

function open(dir: string, control: boolean): OpenGate {
  const under = path.join(dir, 'records');
  mkdirSync(under);
  const { env, file } = buildRecorder(dir, under);
  const args = ['--no-warnings', LIFE];
  const run = spawnSync(process.execPath, args, { env: { ...process.env, ...env, TMPDIR: dir }, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`the life that is recorded ended early: ${run.stderr.slice(-2_000)}`);
  const calls = readDiskRecord(readFileSync(file)).filter((call) => !isReserve(call));
  rmSync(under, { recursive: true });
  const answers = listAnswers(calls);
  const seen = new Set<string>();
  const lives = new Map<Counts, { disk: CrashDisk; cut: number }>();
  const diskAt = (counts: Counts, cut: number): CrashDisk => {
    let life = lives.get(counts);
    if (!life || life.cut > cut) lives.set(counts, (life = { disk: new CrashDisk(counts), cut: 0 }));
    for (; life.cut < cut; life.cut += 1) life.disk.take(calls[life.cut]!);
    return life.disk;
  };
  return {
    tryCase: (number) => {
      const counts = control ? (number % 2 === 0 ? OFF : NORMAL) : ALL;
      const round = Math.floor(number / (SURVIVALS.length * (control ? 2 : 1)));
      const cut = (round * STRIDE) % calls.length;
      const survival = SURVIVALS[Math.floor(number / (control ? 2 : 1)) % SURVIVALS.length]!;
      const image = diskAt(counts, cut).image(survival, createDice(number + 1));
      const name = control ? (counts === OFF ? 'OFF, ' : 'NORMAL, ') : '';
      const same = Array.from(image, ([each, bytes]) => `${each} ${bytes.length} ${crc32(bytes)}`).join();
      if (seen.has(same)) return { outcome: 'the same image as another', wrong: null };
      seen.add(same);
      const folder = path.join(dir, `image-${number}`);
      writeImage(image, under, folder);
      try {
        return judge(
          folder,
          `${name}${survival} survives`,
          answers.filter((answer) => answer.at < cut + 1),
          answers.find((answer) => answer.at > cut),
        );
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    close: () => Promise.resolve(),
  };
}

interface Answer {
  /** Number of the call after which it was given. */
  at: number;
  view: Map<string, string>;
}

function judge(folder: string, outcome: string, given: readonly Answer[], next: Answer | undefined): CaseResult {
  const wrong = (why: string): CaseResult => ({ outcome, wrong: `${outcome}, after answer ${given.length}: ${why}` });
  const before = given.at(-1);
  const sittingId = 'hn-2026-thu/sang';
  let found: Map<string, string> | string;
  try {
    found = lookAtRecords(findRecords(folder), sittingId, { mayCreate: before === undefined });
  } catch (cause) {
    return wrong(cause instanceof Error ? (cause.stack ?? cause.message).slice(0, 500) : String(cause));
  }
  if (typeof found === 'string') return wrong(found);
  if (!before) return { outcome, wrong: null };
  const other = [...before.view].filter(([part, text]) => {
    const now = found.get(part);
    if (now === text || now === next?.view.get(part)) return false;
    return part !== 'state' || !isBetween(now, text, next?.view.get(part));
  });
  if (other.length === 0) return { outcome, wrong: null };
  return wrong(
    other.map(([part, text]) => `${part} ${found.get(part)?.slice(0, 120)}, not ${text.slice(0, 120)}`).join('; '),
  );
}

/** Steps that the core takes by itself between two answers. */
function isBetween(now: string | undefined, before: string, next: string | undefined): boolean {
  const at = (text: string | undefined, from: number): number =>
    STATES.indexOf(JSON.parse(text ?? '""') as string, from);
  for (let from = at(before, 0); from >= 0; from = at(before, from + 1)) {
    const here = at(now, from);
    const end = next === undefined ? STATES.length : at(next, from);
    if (here >= from && here <= end) return true;
  }
  return false;
}

function listAnswers(calls: readonly DiskCall[]): Answer[] {
  const answers: Answer[] = [];
  let answersFd = -1;
  for (const [at, call] of calls.entries()) {
    if (call.kind === 'open' && call.file.endsWith('/answers')) answersFd = call.fd;
    if (call.kind === 'write' && call.fd === answersFd)
      answers.push({
        at,
        view: new Map(Object.entries(JSON.parse(call.bytes.toString('utf8')) as Record<string, string>)),
      });
  }
  return answers;
}

function isReserve(call: DiskCall): boolean {
  return call.kind === 'open' ? call.file.endsWith('reserve.bin') : false;
}

/** The core's own folder in an image; the image itself when it was not made yet. */
function findRecords(folder: string): string {
  const made = existsSync(folder) ? readdirSync(folder).find((name) => name.startsWith('kiosk-core-')) : undefined;
  return path.join(folder, made ?? 'kiosk-core-');
}
