import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { PublicJwk } from '../../electron/contract/common.ts';
import { runCore, type CoreRun } from '../support/core-process.ts';
import { chooseAct, listDifferent, tell, viewRecords } from '../support/hall-acts.ts';
import { makePackage } from '../support/make-package.ts';
import { copyRecords, lookAtRecords } from '../support/records-image.ts';
import { createSmallDisk, NO_SMALL_DISK, type SmallDisk } from '../support/small-disk.ts';
import { withCore, type CoreWorld } from '../support/with-core.ts';
import type { CaseResult, Gate } from './gate.ts';
import { createDice, type Dice } from './mutate.ts';

/** What is under way when the disk is full. */
const STAGES = [
  'first start',
  'acts',
  'acts with a reserve',
  'unlock',
  'end',
  'seal',
  'send',
  'amend',
  'restart',
] as const;
type Stage = (typeof STAGES)[number];
/** Space that is left, KiB. */
const LEFT_KIB = [0, 4, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512, 1_024, 2_048];
const DISK_MIB = 24;
const RESERVE_MIB = 8;
const PEOPLE = 60;
const DELIVERY_MS = 60_000;
const ACTS = 40;
const PIN = '123456';

/**
 * A real small file system is filled while people do things, at every stage of a sitting. In the control an error is taken for
 * success, so only the acts are wrong there.
 */
export const diskFull: Gate = {
  name: 'disk-full',
  what: 'on a full disk nothing that was answered is lost, nothing that was answered with an error is stored, and it is said; with space all goes on',
  cases: null,
  short: 3,
  missing: () => {
    const disk = createSmallDisk(1);
    disk?.remove();
    return disk ? null : NO_SMALL_DISK;
  },
  open: async ({ control, dir }) => ({
    tryCase: async (number) => {
      const stage = STAGES[number % STAGES.length]!;
      const leftKib = LEFT_KIB[Math.floor(number / STAGES.length) % LEFT_KIB.length]!;
      const disk = createSmallDisk(stage === 'acts with a reserve' ? DISK_MIB + RESERVE_MIB : DISK_MIB);
      if (!disk) throw new Error(NO_SMALL_DISK);
      const place: Place = {
        disk,
        leftKib,
        dir: path.join(dir, String(number)),
        dice: createDice(number + 1),
        control,
      };
      mkdirSync(place.dir);
      try {
        const wrong = stage === 'first start' ? await tryFirstStart(place) : await tryStage(place, stage);
        return { outcome: wrong.outcome, wrong: wrong.wrong && `${stage}, ${leftKib} KiB left: ${wrong.wrong}` };
      } finally {
        disk.remove();
        rmSync(place.dir, { recursive: true, force: true });
      }
    },
    close: () => Promise.resolve(),
  }),
};

interface Place {
  disk: SmallDisk;
  leftKib: number;
  /** On another disk. */
  dir: string;
  dice: Dice;
  control: boolean;
}

/** A first start of the real core process on a full disk, and again when there is space. */
async function tryFirstStart({ disk, leftKib, dir }: Place): Promise<CaseResult> {
  const wrong = (why: string): CaseResult => ({ outcome: 'first start: wrong', wrong: why });
  const jwk = (type: 'ed25519' | 'x25519'): PublicJwk =>
    (type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519')).publicKey.export({
      format: 'jwk',
    }) as PublicJwk;
  const keys = { receiptPublicJwk: jwk('ed25519'), reportPublicJwk: jwk('x25519') };
  const document = makePackage({ keys }, 'http://127.0.0.1:1', { people: 12 });
  const file = path.join(dir, 'package.json');
  writeFileSync(file, JSON.stringify(document));
  const argv = ['--data', path.join(disk.folder, 'data'), '--package', file];
  disk.fill(leftKib);
  let run: CoreRun = await runCore({ argv });
  try {
    const { first } = run;
    if (first.type === 'exit') return wrong(`ends with ${JSON.stringify(first)}`);
    if (first.type === 'refused' && (!first.vi?.includes('ổ đĩa') || /\bE[A-Z]{4,}|SQLITE|errno/u.test(first.vi)))
      return wrong(`says ${first.vi}`);
    const signedIn = first.type === 'ready' ? await signInSome(run, document.roster!.slice(0, 6)) : [];
    await run.kill();
    disk.free();
    run = await runCore({ argv });
    if (run.first.type !== 'ready') return wrong(`with space: ${JSON.stringify(run.first)}`);
    const view = await run.deskView();
    if (view.signedIn !== signedIn.length) return wrong(`${view.signedIn} signed in, not ${signedIn.length}`);
    const more = await signInSome(run, document.roster!.slice(6, 9));
    if (more.length !== 3) return wrong('with space, sign-ins are refused');
    return { outcome: `first start: ${first.type}`, wrong: null };
  } finally {
    await run.kill();
  }
}

async function signInSome(run: CoreRun, people: readonly { id: string }[]): Promise<string[]> {
  const done: string[] = [];
  for (const { id } of people) if ((await run.signIn(id)).status === 200) done.push(id);
  return done;
}

/** One stage on a full disk, then space, a restart, and one report at the province. */
async function tryStage(place: Place, stage: Exclude<Stage, 'first start'>): Promise<CaseResult> {
  const { disk } = place;
  let result: CaseResult = { outcome: stage, wrong: null };
  const beforeStart = (folder: string): void => {
    if (stage === 'acts with a reserve')
      writeFileSync(path.join(folder, 'reserve.bin'), Buffer.alloc(RESERVE_MIB * 1024 * 1024, 1));
  };
  let isFaulty = stage === 'send';
  const beforeRequest: NonNullable<Parameters<typeof withCore>[0]['provinceFaults']>['beforeRequest'] = (
    _,
    response,
  ) => {
    if (isFaulty) response.writeHead(503).end();
    return Promise.resolve(isFaulty);
  };
  await withCore(
    { people: PEOPLE, root: disk.folder, beforeStart, provinceFaults: { beforeRequest } },
    async (world) => {
      await world.ask('console/unlock', { pin: PIN, role: 'technician' });
      await world.until('open', () => ['open', 'live'].includes(world.core.hall.sitting?.state ?? ''));
      const { sittingId } = world;
      const wrong = (why: string): void => void (result = { outcome: `${stage}: wrong`, wrong: result.wrong ?? why });
      for (const { id } of world.document.roster!.slice(0, 5))
        await tell(world, 'desk/sign-in', { sittingId, personId: id, method: 'list' });
      const state = () => world.store.sittings.getSitting(sittingId)?.state;
      const end = async (): Promise<void> => {
        if (!['open', 'live'].includes(state() ?? '')) return;
        // Locked again by a restart.
        await tell(world, 'console/unlock', { pin: PIN, role: 'technician' });
        await tell(world, 'console/end-sitting', { sittingId });
      };
      const delivered = (): Promise<void> =>
        world
          .until('delivery', () => state() === 'delivered', DELIVERY_MS)
          .catch(() => wrong(`still ${state()} after a minute: ${JSON.stringify(world.log.slice(-5))}`));
      if (stage === 'amend' || stage === 'send') {
        await end();
        if (stage === 'amend') await delivered();
        else await world.until('sealed', () => state() === 'sealed', 20_000);
      }
      disk.fill(place.leftKib);
      if (stage === 'unlock') {
        await tell(world, 'console/lock', {});
        const said = await tell(world, 'console/unlock', { pin: PIN, role: 'technician' });
        if (said !== 'ok') wrong(`answered ${said}`);
        const isNoted = world.store.settings
          .listActionsBetween(0, Date.now() + 60_000)
          .some(({ type }) => type === 'unlock');
        if (place.leftKib === 0 && !world.core.pc.alarms.includes('disk_full'))
          wrong('no alarm says that the disk is full');
        if (place.leftKib > 256 && !isNoted) wrong('not in the list of actions');
      }
      if (stage.startsWith('acts')) for (let n = 0; n < ACTS; n += 1) await tryAct(world, place, n, wrong);
      if (stage === 'seal') await tell(world, 'console/people/head-count', { sittingId, counted: 7 });
      if (stage === 'end' || stage === 'seal') {
        await end();
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
      if (stage === 'send') {
        isFaulty = false;
        world.core.reports.courier.sendNow();
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
      if (stage === 'amend') {
        await tell(world, 'console/report/amend', { sittingId });
        await amend(world);
      }
      const before = viewRecords(world.store, sittingId);
      if (stage === 'restart') await world.restart();
      const after = viewRecords(world.store, sittingId);
      const lost = stage === 'restart' ? listDifferent(before, after) : [];
      if (lost.length > 0) wrong(`after a restart on the full disk: ${lost.join(', ')}`);
      disk.free();
      await world.restart();
      await world.ask('console/unlock', { pin: PIN, role: 'technician' });
      await end();
      if (state() === 'amended') await amend(world);
      world.core.reports.courier.sendNow();
      await delivered();
      const reports = world.intake.listReports();
      const newest = reports.at(-1);
      const opened = newest && (await world.intake.getOpened(newest.reportId, newest.revision));
      const { present } = world.core.hall.register(sittingId).getTotals();
      if (new Set(reports.map(({ revision }) => revision)).size !== reports.length) wrong('a revision arrived twice');
      if (stage !== 'amend' && reports.length !== 1) wrong(`${reports.length} reports arrived`);
      if (opened?.totals.present !== present) wrong(`${opened?.totals.present} present in the report, not ${present}`);
      if (!world.store.verifyLog().ok) wrong('the chain is broken');
    },
  );
  return result;
}

/** Somebody did not come after all; the next revision says so. */
async function amend(world: CoreWorld): Promise<void> {
  const { sittingId } = world;
  await tell(world, 'console/people/undo', {
    sittingId,
    personId: world.document.roster![2]!.id,
    reason: 'Nhầm người',
  });
  await tell(world, 'console/report/amend/seal', { sittingId, reason: 'Nhầm người', author: 'Trần Thị Ví Dụ' });
}

/** One act on the full disk: what it changed is what was answered, in memory and on the disk. */
async function tryAct(world: CoreWorld, place: Place, n: number, wrong: (why: string) => void): Promise<void> {
  const { disk, dice, control } = place;
  const { sittingId } = world;
  const view = () => viewRecords(world.store, sittingId, world.core.hall.register(world.sittingId));
  const act = chooseAct(world, dice);
  const before = view();
  // Whatever fills the disk goes on.
  if (n % 3 === 0) disk.fill(n < ACTS / 2 ? place.leftKib : 0);
  const answer = await act.do(world);
  const said = control && answer === 'error' ? 'ok' : answer;
  const after = view();
  const changed = listDifferent(before, after);
  if (said === 'ok' && act.alwaysChanges && changed.length === 0)
    wrong(`${act.name}: answered ok, and nothing is there`);
  if (said !== 'ok' && changed.length > 0 !== control)
    wrong(`${act.name}: answered ${said}, and changed: ${changed.join(', ')}`);
  if (said !== 'error' && n !== ACTS - 1) return;
  const folder = path.join(place.dir, `image-${n}`);
  copyRecords(world.dir, folder);
  const found = lookAtRecords(folder, sittingId);
  rmSync(folder, { recursive: true, force: true });
  if (typeof found === 'string') return wrong(`${act.name}: as a kill leaves the records: ${found}`);
  const other = listDifferent(found, after);
  if (other.length > 0) wrong(`${act.name}: as a kill leaves the records, not as answered: ${other.join(', ')}`);
}
