import { rmSync } from 'node:fs';
import path from 'node:path';
import { CALLS, DiskFaults } from './disk-faults/disk-faults.ts';
import { tell } from './hall-acts.ts';
import { copyRecords, lookAtRecords } from './records-image.ts';
import { withCore } from './with-core.ts';

/**
 * A process in which syncs fail (its environment is of `buildDiskFaults`): people sign in while one sync fails, and while all do. It sends
 * what the desk said, how many have come, how many as a kill leaves the records, and the alarms.
 */

const faults = new DiskFaults();
const steps: Record<string, unknown>[] = [];

await withCore({ people: 6 }, async (world) => {
  const { sittingId } = world;
  await world.until('open', () => world.core.hall.sitting?.state === 'open');
  const people = world.document.roster!.map(({ id }) => id);
  const came = (): number => world.core.hall.register(sittingId).getTotals().came;
  const afterKill = (): unknown => {
    const folder = path.join(world.dir, 'as-killed');
    copyRecords(world.dir, folder);
    const found = lookAtRecords(folder, sittingId);
    rmSync(folder, { recursive: true });
    return typeof found === 'string' ? found : (JSON.parse(found.get('totals')!) as { came: number }).came;
  };
  const signIn = async (what: string, personId: string): Promise<void> => {
    const said = await tell(world, 'desk/sign-in', { sittingId, personId, method: 'list' });
    faults.end();
    const alarms = world.core.pc.alarms.filter((code) => code.startsWith('disk_'));
    steps.push({ what, said, came: came(), afterKill: afterKill(), alarms });
  };
  await signIn('a disk that works', people[0]!);
  faults.beginAt({ first: 1, last: 1, kinds: CALLS.syncs });
  await signIn('the sync of the commit fails once', people[1]!);
  faults.beginAt({ first: 1, last: 0xff_ff_ff_ff, kinds: CALLS.syncs });
  await signIn('every sync fails', people[2]!);
  await signIn('the same person again, on a disk that works', people[2]!);
  world.store.writable.emit();
  await signIn('somebody else', people[3]!);
});

process.send?.(steps);
process.disconnect?.();
