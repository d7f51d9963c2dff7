import { randomUUID } from 'node:crypto';
import type { LobbyFilesAnswer } from '../../contract/api-lobby.ts';
import type {
  RosterPreviewAnswer,
  RosterPreviewInput,
  RosterRowsAnswer,
  RosterRowsInput,
} from '../../contract/api-roster.ts';
import type { RosterPerson, Unit } from '../../contract/session-package.ts';
import { listImportFiles, type ImportPlace } from '../provisioning/import-files.ts';
import { hideNumberCodes } from '../provisioning/roster-codes.ts';
import { planRoster } from '../provisioning/roster-plan.ts';
import { RosterReader } from '../provisioning/roster-reader.ts';
import { readRosterFiles } from '../provisioning/roster-reading.ts';
import type { RosterPreview } from '../provisioning/roster-types.ts';
import { viewPreview, viewRows } from '../provisioning/roster-view.ts';

/** People of a roster that was read whole, and their units. */
export interface LocalPeople {
  people: RosterPerson[];
  units: Unit[];
}

/**
 * The roster of a session that is made on the spot: read as on the console, and kept in memory until the session is made. There is no list
 * yet, so everybody is new.
 */
export class LocalRoster {
  readonly #places: () => Promise<ImportPlace[]>;
  readonly #reader = new RosterReader();
  #pending: { id: string; reading: RosterPreview; isReady: boolean } | null = null;

  /** `places`: where files are looked for, at this moment. */
  constructor(places: () => Promise<ImportPlace[]>) {
    this.#places = places;
  }

  async listFiles(): Promise<LobbyFilesAnswer> {
    return { ok: true, ...(await listImportFiles(await this.#places())) };
  }

  /** Reads files and says who stands in them. Writes nothing. */
  async preview(input: RosterPreviewInput): Promise<RosterPreviewAnswer> {
    const places = await this.#places();
    const read = await readRosterFiles(input, { places, reader: this.#reader, units: [] });
    if (!read.ok) return read;
    const { file } = read;
    // A number in two spellings may stand for two people: an id for each row.
    const reading = { ...read.reading, people: hideNumberCodes(read.reading.people, () => `f-${randomUUID()}`) };
    const plan = await planRoster([], reading.people, { mode: 'add', keyOf: (number) => number, matches: {} });
    const preview = viewPreview(reading, plan, {
      previewId: randomUUID(),
      packageId: '',
      file,
      listed: 0,
      people: new Map(),
      unitNames: unitNamesOf(reading),
    });
    this.#pending = { id: preview.previewId, reading, isReady: preview.ready };
    return { ok: true, preview };
  }

  /** One page of the rows of the preview. */
  rows(input: RosterRowsInput): RosterRowsAnswer {
    const pending = this.#pending;
    if (pending?.id !== input.previewId) return { ok: false, error: 'preview_gone' };
    return viewRows(pending.reading, input, unitNamesOf(pending.reading));
  }

  /** Everybody of the preview; null when it is not the newest any more, or a question of it is open. */
  take(previewId: string): LocalPeople | null {
    const pending = this.#pending;
    if (pending?.id !== previewId || !pending.isReady) return null;
    const { people, units } = pending.reading;
    return { people: people.map(({ person }) => person), units: units.map(({ id, name }) => ({ id, name })) };
  }

  /** Ends a reading that is under way. */
  stop(): void {
    this.#reader.stop();
  }
}

function unitNamesOf({ units }: RosterPreview): Map<string, string> {
  return new Map(units.map(({ id, name }) => [id, name]));
}
