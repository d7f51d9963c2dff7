import { createHash, randomUUID } from 'node:crypto';
import type {
  RosterDoublesAnswer,
  RosterMergeAnswer,
  RosterMergeInput,
  RosterMergeLookInput,
} from '../../contract/api-roster-merge.ts';
import type {
  FilesAnswer,
  RosterConfirmAnswer,
  RosterConfirmInput,
  RosterPackageListAnswer,
  RosterPreviewAnswer,
  RosterPreviewInput,
  RosterRestoreAnswer,
  RosterRestoreInput,
  RosterRowsAnswer,
  RosterRowsInput,
  RosterTemplateAnswer,
  RosterUndoAnswer,
  RosterUndoInput,
} from '../../contract/api-roster.ts';
import type { Person } from '../../contract/attendance.ts';
import type { Signal } from '../../shared/signal.ts';
import type { Store } from '../store/store.ts';
import { listImportFiles, type ImportPlace } from './import-files.ts';
import { findDoubles } from './roster-doubles.ts';
import { hideNumberCodes } from './roster-codes.ts';
import { listKnown } from './roster-known.ts';
import { planRoster, type RosterPlan } from './roster-plan.ts';
import { RosterReader } from './roster-reader.ts';
import { findPair, stepsOfMerge, type MergePair } from './roster-merge.ts';
import { stepsOf } from './roster-steps.ts';
import { restorePackageList, viewPackageList } from './roster-restore.ts';
import { saveTemplate } from './roster-template.ts';
import { readRosterFiles } from './roster-reading.ts';
import type { RosterPreview } from './roster-types.ts';
import { RosterWriter } from './roster-writer.ts';
import { viewPreview, viewRows } from './roster-view.ts';

export interface RosterImportsOptions {
  store: Store;
  packageId: string;
  /** Units of the package; those of an earlier import are known from its people. */
  units: readonly { id: string; name: string }[];
  /** Where files are looked for, at this moment. */
  places(): Promise<ImportPlace[]>;
  reader?: RosterReader;
}

interface Pending {
  id: string;
  file: string;
  reading: RosterPreview;
  answers: RosterPreviewInput['answers'];
}

/**
 * Brings rosters in from spreadsheets: a preview that writes nothing, then one change that is made whole or not at all and
 * can be taken back. One preview is kept, in memory only; a confirmation compares it again with the list and the log of that
 * moment, so that somebody who signed in meanwhile stays.
 */
export class RosterImports {
  readonly #options: RosterImportsOptions;
  readonly #reader: RosterReader;
  #pending: Pending | null = null;
  readonly #writer: RosterWriter;

  constructor(options: RosterImportsOptions) {
    this.#options = options;
    this.#reader = options.reader ?? new RosterReader();
    this.#writer = new RosterWriter(options.store, options.packageId);
  }

  async listFiles(): Promise<FilesAnswer> {
    const { store, packageId } = this.#options;
    const places = await this.#options.places();
    const history = store.rosters.list(packageId);
    const isOpen = store.rosters.countOpenSittings(packageId) > 0;
    return {
      ok: true,
      packageId,
      ...(await listImportFiles(places)),
      places: places.map(({ dir, removable, volume, folder }) => ({ id: placeId(dir), removable, volume, folder })),
      history,
      canUndo: isOpen && store.rosters.getLast(packageId) !== null,
      packageList: this.#comparePackageList(isOpen),
    };
  }

  /** Reads files and says what importing them would do. Writes nothing. */
  async preview(input: RosterPreviewInput): Promise<RosterPreviewAnswer> {
    const units = listUnits(this.#options.units, await this.#writer.listPeople());
    const places = await this.#options.places();
    const read = await readRosterFiles(input, { places, reader: this.#reader, units });
    if (!read.ok) return read;
    const { store, packageId } = this.#options;
    const reading = {
      ...read.reading,
      people: hideNumberCodes(read.reading.people, (source) => store.tokens.personIdOf(packageId, source)),
    };
    const pending = { id: randomUUID(), file: read.file, reading, answers: input.answers };
    this.#pending = pending;
    const people = await this.#writer.listPeople();
    const preview = viewPreview(reading, await this.#plan(pending, people), {
      previewId: pending.id,
      packageId,
      file: pending.file,
      listed: [...people.values()].filter(({ kind, merged }) => kind === 'summoned' && !merged).length,
      people,
      unitNames: this.#unitNames(reading, people),
    });
    return { ok: true, preview };
  }

  /** One page of the rows of the preview. */
  rows(input: RosterRowsInput): RosterRowsAnswer {
    const pending = this.#pending;
    if (pending?.id !== input.previewId) return { ok: false, error: 'preview_gone' };
    return viewRows(pending.reading, input, new Map(pending.reading.units.map(({ id, name }) => [id, name])));
  }

  /** Makes the change the preview showed, all of it or nothing. `by`: role of the console. */
  async confirm(input: RosterConfirmInput, by: string): Promise<RosterConfirmAnswer> {
    const pending = this.#pending;
    if (input.packageId !== this.#options.packageId) return { ok: false, error: 'wrong_package' };
    if (pending?.id !== input.previewId) return { ok: false, error: 'preview_gone' };
    if (pending.reading.people.length === 0) return { ok: false, error: 'nobody' };
    return this.#writer.alone(() => this.#write(pending, input, by));
  }

  /** Takes the newest change back. */
  async undo(input: RosterUndoInput, by: string): Promise<RosterUndoAnswer> {
    const { store, packageId } = this.#options;
    if (input.packageId !== packageId) return { ok: false, error: 'wrong_package' };
    return this.#writer.alone(async (): Promise<RosterUndoAnswer> => {
      const last = store.rosters.getLast(packageId);
      if (!last) return { ok: false, error: 'nothing_to_undo' };
      if (last.id !== input.importId) return { ok: false, error: 'not_the_newest' };
      // What was reported of a sealed sitting stays as it is; with all of them sealed there is nothing left to change.
      if (store.rosters.countOpenSittings(packageId) === 0) return { ok: false, error: 'all_sealed' };
      this.#pending = null;
      return this.#writer.undo(last.id, by);
    });
  }

  /** What the list of the session package would change; writes nothing. */
  packageList(): RosterPackageListAnswer {
    return viewPackageList(this.#options.store, this.#options.packageId);
  }

  /** Brings the list of the session package back. Can be undone like an import. */
  async restore(input: RosterRestoreInput, by: string): Promise<RosterRestoreAnswer> {
    const { store, packageId } = this.#options;
    if (input.packageId !== packageId) return { ok: false, error: 'wrong_package' };
    return this.#writer.alone(() => {
      this.#pending = null;
      return restorePackageList({ store, writer: this.#writer }, input, by);
    });
  }

  /** The two entries of a merge that is thought of; writes nothing. */
  async findPair({
    packageId,
    keepId,
    dropId,
  }: RosterMergeLookInput): Promise<
    ({ ok: true } & MergePair) | { ok: false; error: 'not_on_list' | 'not_mergeable' | 'wrong_package' }
  > {
    if (packageId !== this.#options.packageId) return { ok: false, error: 'wrong_package' };
    const inLog = this.#options.store.people.listIdsInLog(packageId);
    return findPair(await this.#writer.listPeople(), inLog, { keepId, dropId });
  }

  /**
   * Merges two entries that are one person. Where the log names both, no event is changed: the entry that goes becomes part of
   * the other, and `count` says whether its events count. Can be undone like an import.
   */
  async merge(input: RosterMergeInput, by: string): Promise<RosterMergeAnswer> {
    const { store, packageId } = this.#options;
    if (input.packageId !== packageId) return { ok: false, error: 'wrong_package' };
    return this.#writer.alone(async (): Promise<RosterMergeAnswer> => {
      const pair = await this.findPair(input);
      if (!pair.ok) return pair;
      if (pair.bothInLog && input.count === undefined) return { ok: false, error: 'both_in_log' };
      const events = pair.bothInLog ? (input.count === 'both' ? 'count' : 'ignore') : null;
      const dropInLog = store.people.listIdsInLog(packageId).has(input.dropId);
      const done = await this.#writer.make('merge', pair.keep.name, by, stepsOfMerge(pair, events, dropInLog));
      return done.ok ? { ok: true, importId: done.importId } : { ok: false, error: 'list_changed' };
    });
  }

  /** Entries of the list that may be one person. */
  async listDoubles(): Promise<RosterDoublesAnswer> {
    const { store, packageId } = this.#options;
    const known = await listKnown(store, packageId, await this.#writer.listPeople());
    return { ok: true, packageId, groups: findDoubles(known, store.people.listIdsInLog(packageId)) };
  }

  /** Saves the blank sample file in one of the places. */
  async saveTemplate(id: string): Promise<RosterTemplateAnswer> {
    const place = (await this.#options.places()).find(({ dir }) => placeId(dir) === id);
    return place ? saveTemplate(place.dir) : { ok: false, error: 'place_gone' };
  }

  /** Ids of people who have just gone off the list, before anybody else of the same change. */
  get gone(): Signal<readonly string[]> {
    return this.#writer.gone;
  }

  /** Whom the last change touched, once: for a register that follows it person by person. */
  takeTouched(): readonly string[] | null {
    return this.#writer.takeTouched();
  }

  /** These people, as they are on the list now. */
  listPeople(personIds: readonly string[]): Person[] {
    return this.#options.store.people.listPeopleById(this.#options.packageId, personIds);
  }

  /** Ends a reading that is under way. */
  stop(): void {
    this.#reader.stop();
  }

  async #write(pending: Pending, input: RosterConfirmInput, by: string): Promise<RosterConfirmAnswer> {
    const { store, packageId } = this.#options;
    const people = await this.#writer.listPeople();
    const plan = await this.#plan(pending, people);
    if (pending.reading.questions.length + plan.questions.length > 0) return { ok: false, error: 'questions_open' };
    // Who signed in between preview and confirmation is not taken off; anybody else must have been named.
    if (plan.mode === 'replace' && plan.missing.length > (input.removals ?? 0))
      return { ok: false, error: 'removals_differ' };
    const steps = await stepsOf(plan, {
      people,
      unitNames: this.#unitNames(pending.reading, people),
      idOf: (source) => store.tokens.personIdOf(packageId, source),
    });
    const done = await this.#writer.make('file', pending.file, by, steps);
    if (done.ok) this.#pending = null;
    return done;
  }

  #comparePackageList(isOpen: boolean): FilesAnswer['packageList'] {
    const plan = this.#options.store.rosters.planPackageList(this.#options.packageId);
    if (!plan) return 'none';
    if (plan.as.size + plan.off.length === 0) return 'same';
    return isOpen ? 'differs' : 'sealed';
  }

  #unitNames(reading: RosterPreview, people: ReadonlyMap<string, Person>): Map<string, string> {
    return new Map([...listUnits(this.#options.units, people), ...reading.units].map((unit) => [unit.id, unit.name]));
  }

  async #plan(pending: Pending, people: ReadonlyMap<string, Person>): Promise<RosterPlan> {
    const { store, packageId } = this.#options;
    return planRoster(await listKnown(store, packageId, people), pending.reading.people, {
      mode: pending.answers.mode ?? 'add',
      keyOf: (number) => store.tokens.numberKey(number),
      matches: pending.answers.matches ?? {},
    });
  }
}

const placeId = (dir: string): string => createHash('sha256').update(dir).digest('hex').slice(0, 16);

function listUnits(
  ofPackage: readonly { id: string; name: string }[],
  people: ReadonlyMap<string, Person>,
): { id: string; name: string }[] {
  const units = new Map(ofPackage.map((unit) => [unit.id, unit.name]));
  for (const { unitId, unitName } of people.values())
    if (unitId !== null && unitName !== null && !units.has(unitId)) units.set(unitId, unitName);
  return [...units].map(([id, name]) => ({ id, name }));
}
