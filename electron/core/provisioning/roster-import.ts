import { createHash, randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  FilesAnswer,
  RosterConfirmAnswer,
  RosterConfirmInput,
  RosterDoublesAnswer,
  RosterMergeAnswer,
  RosterMergeInput,
  RosterPreviewAnswer,
  RosterPreviewInput,
  RosterRowsAnswer,
  RosterRowsInput,
  RosterTemplateAnswer,
  RosterUndoAnswer,
  RosterUndoInput,
} from '../../contract/api-roster.ts';
import type { Person } from '../../contract/attendance.ts';
import type { Store } from '../store/store.ts';
import type { RosterStep } from '../store/roster-store.ts';
import { listImportFiles, readImportFile, type ImportPlace } from './import-files.ts';
import { toOptions } from './roster-answers.ts';
import { findDoubles } from './roster-doubles.ts';
import type { NamedBytes } from './roster-file.ts';
import { planRoster, type KnownPerson, type RosterPlan } from './roster-plan.ts';
import { RosterReader } from './roster-reader.ts';
import { joinPeople, stepsOf } from './roster-steps.ts';
import { saveTemplate } from './roster-template.ts';
import { MAX_FILE_BYTES, type RosterPreview } from './roster-types.ts';
import { viewPreview, viewRows } from './roster-view.ts';

/** People read or written before other work gets its turn: a sign-in must not wait for a long list. */
const PER_TURN = 100;

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
 * can be taken back. One preview is kept, in memory only; a confirmation compares it anew with the list and the log of that
 * moment, so that somebody who signed in meanwhile stays.
 */
export class RosterImports {
  readonly #options: RosterImportsOptions;
  readonly #reader: RosterReader;
  #pending: Pending | null = null;
  #written: { people: Person[]; hasRemoved: boolean } | null = null;
  /** A change is being written. */
  #busy = false;

  constructor(options: RosterImportsOptions) {
    this.#options = options;
    this.#reader = options.reader ?? new RosterReader();
  }

  async listFiles(): Promise<FilesAnswer> {
    const { store, packageId } = this.#options;
    const places = await this.#options.places();
    const history = store.rosters.list(packageId);
    return {
      ok: true,
      packageId,
      ...(await listImportFiles(places)),
      places: places.map(({ dir, removable, volume, folder }) => ({ id: placeId(dir), removable, volume, folder })),
      history,
      canUndo: history.some(({ state }) => state === 'applied') && store.rosters.countOpenSittings(packageId) > 0,
    };
  }

  /** Reads files and says what importing them would do. Writes nothing. */
  async preview(input: RosterPreviewInput): Promise<RosterPreviewAnswer> {
    const places = await this.#options.places();
    const files: NamedBytes[] = [];
    for (const id of new Set(input.fileIds)) {
      const file = await readImportFile(places, id, MAX_FILE_BYTES);
      if (!file.ok) {
        const { ok, error, ...params } = file;
        return { ok, error, params };
      }
      files.push({ bytes: file.bytes, name: file.name });
    }
    const units = listUnits(this.#options.units, await this.#listPeople());
    const read = await this.#reader.read(files, { ...toOptions(input.answers), units });
    if (!read.ok) {
      const { ok, error, ...params } = read;
      return { ok, error, params: { ...params } };
    }
    const pending = {
      id: randomUUID(),
      file: files.map(({ name }) => name).join(', '),
      reading: read.value,
      answers: input.answers,
    };
    this.#pending = pending;
    const people = await this.#listPeople();
    const { packageId } = this.#options;
    const preview = viewPreview(read.value, await this.#plan(pending, people), {
      previewId: pending.id,
      packageId,
      file: pending.file,
      listed: [...people.values()].filter(({ kind }) => kind === 'summoned').length,
      people,
      unitNames: this.#unitNames(read.value, people),
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
    if (this.#busy) return { ok: false, error: 'busy' };
    this.#busy = true;
    try {
      const people = await this.#listPeople();
      const plan = await this.#plan(pending, people);
      if (pending.reading.questions.length + plan.questions.length > 0) return { ok: false, error: 'questions_open' };
      // Who signed in between preview and confirmation is not taken off; anybody else must have been named.
      if (plan.mode === 'replace' && plan.missing.length > (input.removals ?? 0))
        return { ok: false, error: 'removals_differ' };
      const { store, packageId } = this.#options;
      const steps = await stepsOf(plan, {
        people,
        unitNames: this.#unitNames(pending.reading, people),
        idOf: (source) => store.tokens.personIdOf(packageId, source),
      });
      const done = await this.#make('file', pending.file, by, steps);
      if (done.ok) this.#pending = null;
      return done;
    } finally {
      this.#busy = false;
    }
  }

  /** Takes the newest change back. */
  undo(input: RosterUndoInput, by: string): RosterUndoAnswer {
    const { store, packageId } = this.#options;
    if (input.packageId !== packageId) return { ok: false, error: 'wrong_package' };
    if (this.#busy) return { ok: false, error: 'busy' };
    const last = store.rosters.getLast(packageId);
    if (!last) return { ok: false, error: 'nothing_to_undo' };
    if (last.id !== input.importId) return { ok: false, error: 'not_the_newest' };
    // What was reported of a sealed sitting stays as it is; with all of them sealed there is nothing left to change.
    if (store.rosters.countOpenSittings(packageId) === 0) return { ok: false, error: 'all_sealed' };
    this.#pending = null;
    return store.rosters.undo(packageId, by);
  }

  /** Joins two entries that are one person: the one without an event goes. Can be undone like an import. */
  async merge(input: RosterMergeInput, by: string): Promise<RosterMergeAnswer> {
    const { store, packageId } = this.#options;
    if (input.packageId !== packageId) return { ok: false, error: 'wrong_package' };
    if (this.#busy) return { ok: false, error: 'busy' };
    this.#busy = true;
    try {
      const people = await this.#listPeople();
      const keep = people.get(input.keepId);
      const drop = people.get(input.dropId);
      if (!keep || !drop || keep === drop) return { ok: false, error: 'not_on_list' };
      if (store.people.listIdsInLog(packageId).has(drop.id)) return { ok: false, error: 'both_in_log' };
      const after = joinPeople(keep, drop);
      const steps: RosterStep[] = [
        { personId: drop.id, after: null, entry: null },
        { personId: keep.id, after, entry: null, tokensFrom: drop.id },
      ];
      const done = await this.#make('merge', keep.name, by, steps);
      if (!done.ok) return { ok: false, error: 'list_changed' };
      return { ok: true, importId: done.importId };
    } finally {
      this.#busy = false;
    }
  }

  /** Entries of the list that may be one person. */
  async listDoubles(): Promise<RosterDoublesAnswer> {
    const { store, packageId } = this.#options;
    const withdrawn = store.attendance.listWithdrawn(packageId);
    const people = [...(await this.#listPeople()).values()].filter(
      ({ id, kind }) => !withdrawn.has(id) && kind !== 'substitute' && kind !== 'supervisor',
    );
    return { ok: true, packageId, groups: findDoubles(people, store.people.listIdsInLog(packageId)) };
  }

  /** Saves the blank sample file in one of the places. */
  async saveTemplate(id: string): Promise<RosterTemplateAnswer> {
    const place = (await this.#options.places()).find(({ dir }) => placeId(dir) === id);
    return place ? saveTemplate(place.dir) : { ok: false, error: 'place_gone' };
  }

  /** What the last change wrote, once: for a register that follows it person by person. */
  takeWritten(): { people: readonly Person[]; hasRemoved: boolean } | null {
    const written = this.#written;
    this.#written = null;
    return written;
  }

  /** Ends a reading that is under way. */
  stop(): void {
    this.#reader.stop();
  }

  async #make(kind: 'file' | 'merge', file: string, by: string, steps: readonly RosterStep[]) {
    const { rosters } = this.#options.store;
    const { packageId } = this.#options;
    const importId = rosters.begin(packageId, kind, file, by);
    for (let at = 0; at < steps.length; at += PER_TURN) {
      rosters.stage(importId, packageId, steps.slice(at, at + PER_TURN));
      await nextTurn();
    }
    const done = rosters.apply(importId, packageId);
    if (!done.ok) return done;
    const people = steps.flatMap(({ after, isSame }) => (after && isSame !== true ? [after] : []));
    this.#written = { people, hasRemoved: done.removed > 0 };
    return { ...done, importId };
  }

  async #listPeople(): Promise<Map<string, Person>> {
    const { store, packageId } = this.#options;
    const people = new Map<string, Person>();
    for (let after = ''; ;) {
      const page = store.people.listPeopleAfter(packageId, after, PER_TURN);
      for (const person of page) people.set(person.id, person);
      if (page.length < PER_TURN) return people;
      after = page.at(-1)?.id ?? '';
      await nextTurn();
    }
  }

  #unitNames(reading: RosterPreview, people: ReadonlyMap<string, Person>): Map<string, string> {
    return new Map([...listUnits(this.#options.units, people), ...reading.units].map((unit) => [unit.id, unit.name]));
  }

  #plan(pending: Pending, people: ReadonlyMap<string, Person>): Promise<RosterPlan> {
    const { store, packageId } = this.#options;
    const numberKeys = store.tokens.listNumberKeys(packageId);
    const inLog = store.people.listIdsInLog(packageId);
    const withdrawn = store.attendance.listWithdrawn(packageId);
    // A substitute sits for somebody else, a supervisor is listed apart: neither becomes a summoned person by a file.
    const known = [...people.values()]
      .filter(({ id, kind }) => !withdrawn.has(id) && kind !== 'substitute' && kind !== 'supervisor')
      .map((person): KnownPerson => ({
        ...person,
        numberKey: numberKeys.get(person.id) ?? null,
        isInLog: inLog.has(person.id),
      }));
    return planRoster(known, pending.reading.people, {
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
