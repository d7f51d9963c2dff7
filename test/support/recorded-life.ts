import { openSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Clock } from '../../electron/core/store/clock.ts';
import { tell, viewRecords, type Said } from './hall-acts.ts';
import { withCore, type CoreWorld } from './with-core.ts';

/**
 * A process whose calls are recorded (disk-record.c): a core lives through a whole session, from its first start to the end of
 * its time, and after each answer writes down what the records must hold from now on, into a file of its own that is recorded too.
 */

const DAY = 24 * 3_600_000;
const PIN = '123456';
const root = process.env['DISK_RECORD_UNDER'];
if (root === undefined) throw new Error('nothing is recorded');
const answers = openSync(path.join(root, 'answers'), 'a');
let days = 0;
let isRefusing = true;
const clock: Clock = {
  now: () => Date.now() + days * DAY,
  stamp: () => ({ wallMs: clock.now(), monoMs: Math.round(performance.now()), bootId: `day-${days}` }),
};

await withCore(
  {
    people: 24,
    root,
    clock,
    provinceFaults: {
      beforeRequest: (_, response) => {
        if (isRefusing) response.writeHead(503).end();
        return Promise.resolve(isRefusing);
      },
    },
  },
  live,
);
process.exit(0);

async function live(world: CoreWorld): Promise<void> {
  const { sittingId } = world;
  const people = world.document.roster!.map(({ id }) => id);
  const note = (): void => {
    const view = Object.fromEntries(viewRecords(world.store, sittingId));
    writeSync(answers, `${JSON.stringify(view)}\n`);
  };
  const must = async (answer: Promise<Said>): Promise<void> => {
    const said = await answer;
    if (said !== 'ok') throw new Error(`answered ${said}: ${JSON.stringify(world.log.at(-1))}`);
    note();
  };
  const state = () => world.store.sittings.getSitting(sittingId)?.state;
  const until = async (wanted: string): Promise<void> => {
    await world.until(wanted, () => state() === wanted, 60_000);
    note();
  };
  await world.until('open', () => ['open', 'live'].includes(state() ?? ''));
  note();
  await must(tell(world, 'console/unlock', { pin: PIN, role: 'technician' }));
  const signIn = (personId: string) => must(tell(world, 'desk/sign-in', { sittingId, personId, method: 'list' }));
  for (const id of people.slice(0, 8)) await signIn(id);
  await must(tell(world, 'desk/take-back', { sittingId, personId: people[7]! }));
  await must(tell(world, 'console/people/roll-call/open', { sittingId, title: 'Đầu giờ' }));
  for (const id of people.slice(4, 12))
    await tell(world, 'desk/sign-in', { sittingId, personId: id, method: 'list' }).then(note);
  await must(tell(world, 'console/people/add', { sittingId, kind: 'walk_in', name: 'Khách Lạ', notDuplicate: true }));
  await must(tell(world, 'console/people/excuse', { sittingId, personIds: [people[20]!], reason: 'Ốm có giấy' }));
  await must(tell(world, 'console/people/left', { sittingId, personId: people[1]!, reason: 'Việc gấp' }));
  await must(tell(world, 'console/people/roll-call/close', { sittingId }));
  await must(tell(world, 'console/people/undo', { sittingId, personId: people[2]!, reason: 'Nhầm người' }));
  await must(tell(world, 'console/people/head-count', { sittingId, counted: 12, reason: 'Đếm lại' }));
  await world.restart();
  note();
  await must(tell(world, 'console/unlock', { pin: PIN, role: 'technician' }));
  for (const id of people.slice(12, 16)) await signIn(id);
  await must(tell(world, 'console/report/remarks', { sittingId, text: 'Đủ người' }));
  await must(tell(world, 'console/end-sitting', { sittingId }));
  await until('sealed');
  await new Promise((resolve) => setTimeout(resolve, 300));
  isRefusing = false;
  world.core.reports.courier.sendNow();
  await until('delivered');
  await must(tell(world, 'console/report/amend', { sittingId }));
  await must(tell(world, 'console/people/undo', { sittingId, personId: people[3]!, reason: 'Nhầm người' }));
  await must(tell(world, 'console/report/amend/seal', { sittingId, reason: 'Thêm người', author: 'Trần Thị Ví Dụ' }));
  const { reportId } = world.store.sittings.getSitting(sittingId)!;
  await must(tell(world, 'console/send-now', { reportId, revision: 2 }));
  await until('delivered');
  for (const revision of [1, 2]) world.store.outbox.recordReturnCheck({ reportId, revision, nextReturnCheckAt: null });
  for (const day of [60, 68]) {
    days = day;
    await world.restart();
    note();
    for (const host of ['a', 'b']) world.core.hall.clockWatch.note(host, clock.now());
    world.core.retention.look();
    note();
  }
  if (!world.store.retention.isDestroyed(world.document.packageId)) throw new Error('its data was not destroyed');
}
