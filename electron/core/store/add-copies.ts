import type { ChangeKeys } from './change-keys.ts';
import { readJournal, type JournalContents } from './journal-file.ts';
import { lastOf } from './journal-writer.ts';

/**
 * The journal with what only a copy of it has. A copy of another database, or of an earlier generation, whose rows may have been
 * destroyed since, adds nothing; then the answer is `journal` itself.
 */
export function addCopies(
  journal: JournalContents | null,
  files: readonly string[],
  keys: ChangeKeys,
  own: { database: Buffer | null; generation: number },
): JournalContents | null {
  let contents = journal;
  for (const file of files) {
    const copy = readJournal(file, keys);
    const database = own.database ?? contents?.database ?? null;
    const isOurs = copy?.database && (database === null || database.equals(copy.database));
    if (!copy || !isOurs || copy.generation < Math.max(own.generation, contents?.generation ?? 0)) continue;
    const known = contents?.database ? contents : null;
    const isLess = known !== null && known.damages === 0 && lastOf(known) >= lastOf(copy);
    if (isLess) continue;
    contents = {
      ...copy,
      damages: 0,
      records: new Map([...copy.records, ...(known?.records ?? [])]),
      length: known?.length ?? 0,
    };
  }
  return contents;
}
