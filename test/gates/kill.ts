import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SessionPackage } from '../../electron/contract/session-package.ts';
import { liveEvents } from '../../electron/core/attendance/history.ts';
import { createIntake, type Intake } from '../../electron/core/rehearsal/intake.ts';
import { runCore, type CoreRun } from '../support/core-process.ts';
import { withFault } from '../support/faulty-core.ts';
import { makePackage } from '../support/make-package.ts';
import type { CaseResult, Gate, OpenGate } from './gate.ts';
import { createDice, type Dice } from './mutate.ts';
import { openStore } from './open-store.ts';

/** One life of a hall: killed at its first start, in storms of sign-ins, at the end, at sending; then the report must be there once. */
const STEPS = ['start', 'storm', 'storm', 'storm', 'storm', 'storm', 'storm', 'end', 'send', 'delivery'] as const;
const PEOPLE = 240;
const DESKS = 5;
const PIN = '123456';
/** A first start takes about so long once it writes. */
const FIRST_START_MS = 800;
const DELIVERY_MS = 60_000;

/**
 * The real core process is killed (SIGKILL) while desks sign people in over HTTP. Whoever was answered "ok" is in the records once,
 * whoever was asked for is there at most once, and nobody else. In the control the core answers before it commits.
 */
export const kill: Gate = {
  name: 'kill',
  what: 'kill -9 of the core under load: nothing that was answered is lost, nothing is there twice, and one report arrives',
  cases: null,
  short: 2,
  open: ({ control, dir }) => Promise.resolve(open(dir, control)),
};

interface Life {
  dir: string;
  dataDir: string;
  argv: string[];
  document: SessionPackage;
  intake: Intake;
  port: number;
  /** Of the list, in the records at the last kill; null before the first. */
  present: number | null;
  /** People who were asked for, by what the desk answered; null: nothing came any more. */
  asked: Map<string, 'ok' | 'error' | null>;
  walkIns: Set<string>;
  rollCalls: Set<string>;
}

function open(dir: string, control: boolean): OpenGate {
  let life: Life | null = null;
  const end = async (): Promise<void> => {
    await life?.intake.stop();
    if (life) rmSync(life.dir, { recursive: true, force: true });
    life = null;
  };
  return {
    tryCase: async (number) => {
      const step = STEPS[number % STEPS.length]!;
      if (step === 'start') await end();
      life ??= await begin(path.join(dir, String(number)));
      return tryKill(life, {
        step,
        dice: createDice(number + 1),
        env: withFault(control ? 'answers before the commit' : null),
      });
    },
    close: end,
  };
}

async function begin(dir: string): Promise<Life> {
  const intake = createIntake({ dir: path.join(dir, 'province'), rehearsal: false });
  const { endpoint } = await intake.start();
  const document = makePackage(intake, endpoint, { people: PEOPLE, now: Date.now() });
  const dataDir = path.join(dir, 'data');
  const file = path.join(dir, 'package.json');
  mkdirSync(dir, { recursive: true });
  writeFileSync(file, JSON.stringify(document));
  const argv = ['--data', dataDir, '--package', file];
  return {
    dir,
    dataDir,
    argv,
    document,
    intake,
    port: 0,
    present: null,
    asked: new Map(),
    walkIns: new Set(),
    rollCalls: new Set(),
  };
}

async function tryKill(
  life: Life,
  { step, dice, env }: { step: (typeof STEPS)[number]; dice: Dice; env: NodeJS.ProcessEnv },
): Promise<CaseResult> {
  const result = (outcome: string, wrong: string | null): CaseResult => ({
    outcome: `${step}: ${outcome}`,
    wrong: wrong && `${step}: ${wrong}`,
  });
  const killWhen = step === 'start' ? { killWhen: afterFirstWrite(life, dice) } : {};
  const run = await runCore({ argv: life.argv, port: life.port, env, ...killWhen });
  try {
    if (step === 'start') {
      await run.ended;
      return result(
        run.first.type === 'ready' ? 'killed when it was ready' : 'killed before it was ready',
        check(life).wrong,
      );
    }
    if (run.first.type !== 'ready') return result('does not start', JSON.stringify(run.first));
    life.port = run.port;
    const { signedIn } = await run.deskView();
    if (life.present !== null && signedIn !== life.present)
      return result('another count', `${signedIn} where ${life.present} are stored`);
    if (step === 'storm') await storm(life, run, dice);
    if (step === 'end') await endSitting(run);
    if (step === 'end' || step === 'send') await new Promise((resolve) => setTimeout(resolve, dice.int(400)));
    if (step === 'delivery') await waitForDelivery(run);
  } finally {
    await run.kill();
  }
  const { arrived, wrong } = check(life);
  if (wrong !== null) return result('wrong', wrong);
  if (step !== 'delivery') return result('killed', null);
  const reports = life.intake.listReports();
  if (reports.length !== 1) return result('delivered', `${reports.length} reports arrived`);
  const [{ reportId, revision }] = reports as [(typeof reports)[number]];
  const report = await life.intake.getOpened(reportId, revision);
  const { present = 0, walkIns = 0 } = report?.totals ?? {};
  return result(
    'delivered once',
    present + walkIns === arrived ? null : `${present} and ${walkIns} in the report, ${arrived} in the records`,
  );
}

/** A moment of a first start, from the first file it makes. */
async function afterFirstWrite({ dataDir }: Life, dice: Dice): Promise<void> {
  while (!existsSync(dataDir)) await new Promise((resolve) => setTimeout(resolve, 2));
  await new Promise((resolve) => setTimeout(resolve, dice.int(FIRST_START_MS)));
}

/** Desks sign people in, and the console keeps it busy, until the core is killed in the middle of it. */
async function storm(life: Life, run: CoreRun, dice: Dice): Promise<void> {
  const { sitting } = await run.deskView();
  const sittingId = sitting?.id ?? '';
  const waiting = life.document.roster!.filter(({ id }) => !life.asked.has(id)).map(({ id }) => id);
  const answersToCome = 1 + dice.int(40);
  let answers = 0;
  let isOver = false;
  const { promise: enough, resolve } = Promise.withResolvers<void>();
  const desk = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined && !isOver; id = waiting.shift()) {
      life.asked.set(id, null);
      const said = await run.post('desk/sign-in', { sittingId, personId: id, method: 'list' });
      const answer = (await said.json()) as { ok: boolean };
      life.asked.set(id, said.status === 200 && answer.ok ? 'ok' : 'error');
      answers += 1;
      if (answers >= answersToCome) resolve();
    }
    resolve();
  };
  const busyConsole = async (): Promise<void> => {
    await (await run.post('console/unlock', { pin: PIN, role: 'technician' })).arrayBuffer();
    for (let n = 1; !isOver; n += 1) {
      const opened = await run.post('console/people/roll-call/open', { sittingId, title: `Lượt ${n}` });
      const calls = (await opened.json()) as { ok: boolean; rollCalls?: { id: string }[] };
      if (opened.status === 200 && calls.ok) for (const { id } of calls.rollCalls ?? []) life.rollCalls.add(id);
      const name = `Khách Số ${life.walkIns.size + n}`;
      const added = await run.post('console/people/add', {
        sittingId,
        kind: 'walk_in',
        name,
        notDuplicate: true,
      } as never);
      const person = (await added.json()) as { ok: boolean; person?: { personId: string } };
      if (added.status === 200 && person.ok && person.person) life.walkIns.add(person.person.personId);
    }
  };
  const isBusy = dice.int(2) === 0;
  const all = [...Array.from({ length: DESKS }, desk), ...(isBusy ? [busyConsole()] : [])];
  // What the kill cuts off has no answer.
  const settled = Promise.allSettled(all);
  await enough;
  // At once, or in the middle of what comes next.
  if (dice.int(3) > 0) await new Promise((wait) => setTimeout(wait, dice.int(30)));
  isOver = true;
  await run.kill();
  await settled;
}

async function endSitting(run: CoreRun): Promise<void> {
  await (await run.post('console/unlock', { pin: PIN, role: 'technician' })).arrayBuffer();
  const { sitting } = await run.deskView();
  await (await run.post('console/end-sitting', { sittingId: sitting?.id ?? '' })).arrayBuffer();
}

async function waitForDelivery(run: CoreRun): Promise<void> {
  const state = async () => (await run.deskView()).sitting?.state;
  await (await run.post('console/unlock', { pin: PIN, role: 'technician' })).arrayBuffer();
  const deadline = performance.now() + DELIVERY_MS;
  let isEnded = (await state()) !== 'open' && (await state()) !== 'live';
  while ((await state()) !== 'delivered') {
    if (performance.now() > deadline) throw new Error('the report was not delivered');
    if (!isEnded) {
      const { sitting } = await run.deskView();
      await (await run.post('console/end-sitting', { sittingId: sitting?.id ?? '' })).arrayBuffer();
      isEnded = true;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Compares the records, as the dead process left them, with what was answered. */
function check(life: Life): { arrived: number; wrong: string | null } {
  life.present = null;
  const copy = path.join(life.dir, 'copy');
  cpSync(life.dataDir, copy, { recursive: true, force: true });
  const store = openStore(copy);
  try {
    const [session] = store.sessions.listSessions();
    if (!session) return { arrived: 0, wrong: life.asked.size > 0 ? 'the session is gone' : null };
    const [sitting] = store.sittings.listSittings(session.packageId);
    const live = liveEvents(store.attendance.listEvents(sitting!.id));
    const times = Map.groupBy(
      live.filter(({ type }) => type === 'arrived'),
      ({ personId }) => personId,
    );
    const calls = new Set(store.attendance.listRollCalls(sitting!.id).map(({ id }) => id));
    const lost = [...life.asked].filter(([id, said]) => said === 'ok' && !times.has(id)).length;
    const kept = [...life.asked].filter(([id, said]) => said === 'error' && times.has(id)).length;
    const doubled = [...times.values()].filter((events) => events.length > 1).length;
    const listed = new Set(life.document.roster!.map(({ id }) => id));
    const strangers = [...times.keys()].filter((id) => id !== null && listed.has(id) && !life.asked.has(id)).length;
    const walkIns = [...life.walkIns].filter((id) => !times.has(id)).length;
    const rollCalls = [...life.rollCalls].filter((id) => !calls.has(id)).length;
    const faults = [
      ...(lost > 0 ? [`${lost} answered sign-ins lost`] : []),
      ...(kept > 0 ? [`${kept} answered with an error and stored`] : []),
      ...(doubled > 0 ? [`${doubled} people arrived twice`] : []),
      ...(strangers > 0 ? [`${strangers} arrived whom nobody asked for`] : []),
      ...(walkIns > 0 ? [`${walkIns} walk-ins lost`] : []),
      ...(rollCalls > 0 ? [`${rollCalls} roll calls lost`] : []),
      ...(store.verifyLog().ok ? [] : ['the chain is broken']),
      ...store.findDamages().map(({ table }) => `damaged row in ${table}`),
    ];
    life.present = [...times.keys()].filter((id) => id !== null && listed.has(id)).length;
    return { arrived: times.size, wrong: faults.length === 0 ? null : faults.join('; ') };
  } finally {
    store.close();
    rmSync(copy, { recursive: true, force: true });
  }
}
