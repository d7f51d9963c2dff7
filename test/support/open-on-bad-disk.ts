import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { CALLS, DiskFaults } from './disk-faults/disk-faults.ts';
import { listDifferent } from './hall-acts.ts';
import { copyRecords, lookAtRecords } from './records-image.ts';
import { withCore } from './with-core.ts';

/**
 * A process in which reading fails (its environment is of `buildDiskFaults`): the records of a hall are opened once for each read of a
 * start, or every ninth of them, say (the argument), which fails, alone or with all that come after it. It sends what was wrong, and how many
 * starts went how.
 */

const each = Number(process.argv[2] ?? 1);
const wrong: string[] = [];
const outcomes: Record<string, number> = {};
const faults = new DiskFaults();

await withCore({ people: 40 }, async (world) => {
  const { sittingId } = world;
  await world.until('open', () => world.core.hall.sitting?.state === 'open');
  for (const { id } of world.document.roster!.slice(0, 12))
    await world.ask('desk/sign-in', { sittingId, personId: id, method: 'list' });
  const from = path.join(world.dir, 'as-killed');
  copyRecords(world.dir, from);
  const records = mkdtempSync(path.join(world.dir, 'starts-'));
  const truth = lookAt('truth', null);
  if (typeof truth.found !== 'object') throw new Error(`cannot be opened without a fault: ${truth.found}`);
  for (let first = 1; first <= truth.reads; first += each)
    for (const last of [first, 0xff_ff_ff_ff]) {
      const name = `read ${first} of ${truth.reads}${last === first ? '' : ' and all after it'}`;
      const { found, folder } = lookAt(`${first}-${last}`, { first, last });
      const outcome = typeof found === 'object' ? 'opened' : found;
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      const moved = readdirSync(folder).filter((file) => file.startsWith('damaged-') || /journal\.\d/u.test(file));
      if (moved.length > 0) wrong.push(`${name}: ${outcome}, and moved aside ${moved.join(', ')}`);
      else if (typeof found === 'object' && listDifferent(found, truth.found).length > 0)
        wrong.push(`${name}: opened with other ${listDifferent(found, truth.found).join(', ')}`);
      const later = lookAtRecords(folder, sittingId);
      if (typeof later === 'string') wrong.push(`${name}: ${outcome}, afterwards ${later}`);
      else if (listDifferent(later, truth.found).length > 0)
        wrong.push(`${name}: ${outcome}, afterwards other ${listDifferent(later, truth.found).join(', ')}`);
      rmSync(folder, { recursive: true });
    }

  function lookAt(
    name: string,
    failing: { first: number; last: number } | null,
  ): { found: Map<string, string> | string; reads: number; folder: string } {
    const folder = path.join(records, name);
    mkdirSync(folder);
    copyRecords(from, folder);
    faults.beginAt({ first: failing?.first ?? 0xff_ff_ff_ff, last: failing?.last ?? 0, kinds: CALLS.reads });
    let found: Map<string, string> | string;
    try {
      found = lookAtRecords(folder, sittingId);
    } catch (cause) {
      found = `throws ${cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)}`;
    }
    const reads = faults.seen;
    faults.end();
    return { found, reads, folder };
  }
});

process.send?.({ wrong, outcomes });
process.disconnect?.();
