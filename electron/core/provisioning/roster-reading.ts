import type { RosterPreviewAnswer, RosterPreviewInput } from '../../contract/api-roster.ts';
import { readImportFile, type ImportPlace } from './import-files.ts';
import { toOptions } from './roster-answers.ts';
import type { NamedBytes } from './roster-file.ts';
import type { RosterReader } from './roster-reader.ts';
import { MAX_FILE_BYTES, type RosterPreview } from './roster-types.ts';

export type ReadingOutcome =
  | { ok: true; /** Names of the files. */ file: string; reading: RosterPreview }
  | Extract<RosterPreviewAnswer, { ok: false }>;

/** Reads the files that were chosen, as one roster. Writes nothing. `units` that exist already keep their ids. */
export async function readRosterFiles(
  { fileIds, answers }: RosterPreviewInput,
  options: {
    places: readonly ImportPlace[];
    reader: RosterReader;
    units: readonly { id: string; name: string }[];
  },
): Promise<ReadingOutcome> {
  const files: NamedBytes[] = [];
  for (const id of new Set(fileIds)) {
    const file = await readImportFile(options.places, id, MAX_FILE_BYTES);
    if (!file.ok) {
      const { ok, error, ...params } = file;
      return { ok, error, params };
    }
    files.push({ bytes: file.bytes, name: file.name });
  }
  const read = await options.reader.read(files, { ...toOptions(answers), units: options.units });
  if (!read.ok) {
    const { ok, error, ...params } = read;
    return { ok, error, params: { ...params } };
  }
  return { ok: true, file: files.map(({ name }) => name).join(', '), reading: read.value };
}
