import { rmSync } from 'node:fs';
import path from 'node:path';
import type { CaseResult } from '../gates/gate.ts';
import { createDice, type Dice } from '../gates/mutate.ts';
import { CALLS, DiskFaults } from './disk-faults/disk-faults.ts';
import { chooseAct, listDifferent, tell, viewRecords } from './hall-acts.ts';
import { copyRecords, lookAtRecords } from './records-image.ts';
import { withCore, type CoreWorld } from './with-core.ts';

/**
 * A process in which the disk fails (its environment is of `buildDiskFaults`): a core, to which the parent sends numbers; each is one
 * act, tried while calls fail, and answered with what came of it.
 */

/** A hall lives so many acts; then its report is made and sent. */
export const ACTS_OF_A_HALL = 200;
const PEOPLE = 30;
/** Sealing that failed is tried again after 5 s, 10 s and so on. */
const DELIVERY_MS = 90_000;
/** One in so many calls fails. */
const RATES = [2, 3, 5, 9, 17, 33];
const KINDS = [
  CALLS.writes,
  CALLS.syncs,
  CALLS.reads,
  CALLS.writes | CALLS.syncs,
  CALLS.reads | CALLS.writes | CALLS.syncs | CALLS.names,
];
/** The records after an act that went well although calls failed are looked at once in so many acts. */
const LOOK_EVERY = 8;

/** What a start may say while calls fail. */
const REFUSED = new Set(['cannot_open', 'unreadable_keys']);

const faults = new DiskFaults();
let next: (number: number) => void = () => undefined;
const numbers: number[] = [];
process.on('message', (number: number) => {
  numbers.push(number);
  next(number);
});
process.on('disconnect', () => process.exit(0));

async function takeNumber(): Promise<number> {
  while (numbers.length === 0) await new Promise<number>((resolve) => (next = resolve));
  return numbers.shift()!;
}

for (;;) {
  // The first number of a hall.
  const first = await takeNumber();
  await withCore({ people: PEOPLE }, async (world) => {
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    await world.until('open', () => ['open', 'live'].includes(world.core.hall.sitting?.state ?? ''));
    const left = ACTS_OF_A_HALL - (first % ACTS_OF_A_HALL);
    for (let n = 0; n < left; n += 1) {
      const number = n === 0 ? first : await takeNumber();
      const result = n === left - 1 ? await finish(world, number) : await tryAct(world, number);
      process.send?.({ number, ...result });
    }
  });
}

async function tryAct(world: CoreWorld, number: number): Promise<CaseResult> {
  const dice = createDice(number + 1);
  if (dice.int(20) === 0) return tryStart(world, dice, number);
  const act = chooseAct(world, dice);
  const before = viewNow(world);
  const { said, failed } = await underFaults(dice, number, () => act.do(world));
  const after = viewNow(world);
  const changed = listDifferent(before, after);
  const result = (wrong: string | null): CaseResult => ({
    outcome: `${said}, ${failed === 0 ? 'no call failed' : 'calls failed'}`,
    wrong: wrong && `${act.name}, answered ${said}, ${failed} calls failed: ${wrong}`,
  });
  if (said === 'ok' && act.alwaysChanges && changed.length === 0) return result('answered ok, and nothing is there');
  if (said !== 'ok' && changed.length > 0) return result(`answered ${said}, and changed: ${changed.join(', ')}`);
  if (said !== 'error' && (failed === 0 || dice.int(LOOK_EVERY) > 0)) return result(null);
  const found = openCopy(world, number);
  if (typeof found === 'string') return result(`as a kill leaves the records: ${found}`);
  const other = listDifferent(found, after);
  return result(
    other.length === 0
      ? null
      : `as a kill leaves the records, not as answered: ${other.map((part) => `${part} ${found.get(part)}, not ${after.get(part)}`).join(', ')}`,
  );
}

/** The records, as a kill leaves them, are opened while calls fail, and once more when none does. */
async function tryStart(world: CoreWorld, dice: Dice, number: number): Promise<CaseResult> {
  const truth = viewNow(world);
  const folder = copyNow(world, number);
  const said = await underFaults(dice, number, () => {
    try {
      const found = lookAtRecords(folder, world.sittingId);
      return typeof found === 'string' ? found : listDifferent(found, truth).join(', ');
    } catch {
      return null;
    }
  });
  const result = (outcome: string, wrong: string | null): CaseResult => ({
    outcome: `a start, ${outcome}`,
    wrong: wrong && `a start, ${said.failed} calls failed: ${wrong}`,
  });
  try {
    if (said.said !== null && said.said !== '' && !REFUSED.has(said.said)) return result('opened wrong', said.said);
    const found = lookAtRecords(folder, world.sittingId);
    if (typeof found === 'string') return result('cannot be opened afterwards', found);
    const other = listDifferent(found, truth);
    const outcome = said.failed === 0 ? 'no call failed' : said.said === '' ? 'opened' : 'refused';
    return result(outcome, other.length === 0 ? null : `afterwards not as before: ${other.join(', ')}`);
  } catch (cause) {
    return result('throws afterwards', String(cause));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The end of a hall: ended while calls fail, sealed and sent when none does. */
async function finish(world: CoreWorld, number: number): Promise<CaseResult> {
  const { sittingId } = world;
  const dice = createDice(number + 1);
  const { said, failed } = await underFaults(dice, number, () => tell(world, 'console/end-sitting', { sittingId }));
  if (said === 'error') await tell(world, 'console/end-sitting', { sittingId });
  const state = () => world.store.sittings.getSitting(sittingId)?.state;
  const isDelivered = (): boolean => {
    // A fault of the disk makes the courier wait.
    world.core.reports.courier.sendNow();
    return state() === 'delivered';
  };
  await world.until('delivery', isDelivered, DELIVERY_MS).catch((cause: unknown) => {
    throw new Error(`still ${state()}: ${JSON.stringify(world.log.slice(-9))}`, { cause });
  });
  const reports = world.intake.listReports();
  const [{ reportId, revision }] = reports as [(typeof reports)[number]];
  const opened = await world.intake.getOpened(reportId, revision);
  const { present } = world.core.hall.register(sittingId).getTotals();
  const result = (wrong: string | null): CaseResult => ({ outcome: `the end, ${said}`, wrong });
  if (reports.length !== 1) return result(`${reports.length} reports arrived`);
  if (opened?.totals.present !== present)
    return result(`${opened?.totals.present} present in the report, not ${present}`);
  await world.restart();
  const { present: later } = world.core.hall.register(sittingId).getTotals();
  return result(later === present ? null : `${later} after a restart, not ${present}; ${failed} calls failed`);
}

async function underFaults<T>(
  dice: Dice,
  seed: number,
  run: () => T | Promise<T>,
): Promise<{ said: T; failed: number }> {
  faults.begin({ oneIn: dice.pick(RATES), kinds: dice.pick(KINDS), seed: seed + 1 });
  let failed = 0;
  try {
    const said = await run();
    return { said, failed: (failed = faults.end()) };
  } finally {
    if (failed === 0) faults.end();
  }
}

function viewNow(world: CoreWorld): Map<string, string> {
  return viewRecords(world.store, world.sittingId, world.core.hall.register(world.sittingId));
}

function copyNow(world: CoreWorld, number: number): string {
  const folder = path.join(world.dir, `image-${number}`);
  copyRecords(world.dir, folder);
  return folder;
}

function openCopy(world: CoreWorld, number: number): Map<string, string> | string {
  const folder = copyNow(world, number);
  try {
    return lookAtRecords(folder, world.sittingId);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
