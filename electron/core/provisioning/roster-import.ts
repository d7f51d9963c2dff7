import { randomUUID } from 'node:crypto';
import type {
  FilesAnswer,
  RosterConfirmAnswer,
  RosterPersonView,
  RosterPreviewAnswer,
  RosterPreviewInput,
  RosterPreviewView,
} from '../../contract/api-roster.ts';
import { fold } from '../../shared/names.ts';
import type { RosterPerson } from '../../contract/session-package.ts';
import type { Store } from '../store/store.ts';
import { listImportFiles, readImportFile, type ImportPlace } from './import-files.ts';
import { diffRoster, type KnownPerson, type RosterDiff } from './roster-diff.ts';
import { MAX_FILE_BYTES, readRosterFile } from './roster-file.ts';
import { ROSTER_FIELDS, type RosterField, type RosterOptions, type RosterPreview } from './roster-types.ts';

/** A preview shows this many of each list. */
const SHOWN = 200;
/** Marks ids that stand for "no code in the file" until the person is known. */
const NO_CODE = 'no-code-';

export interface RosterImportsOptions {
  store: Store;
  packageId: string;
  /** Units of the package; those of an earlier import are known from its people. */
  units: readonly { id: string; name: string }[];
  /** Where files are looked for, at this moment. */
  places(): Promise<ImportPlace[]>;
}

interface Pending {
  id: string;
  reading: RosterPreview;
}

/**
 * Brings a roster in from a spreadsheet: preview first, then one transaction. One preview is kept, in memory only; a
 * confirmation compares it anew with the roster and the log of that moment, so somebody who signed in meanwhile stays.
 */
export class RosterImports {
  readonly #options: RosterImportsOptions;
  #pending: Pending | null = null;

  constructor(options: RosterImportsOptions) {
    this.#options = options;
  }

  async listFiles(): Promise<FilesAnswer> {
    return { ok: true, ...(await listImportFiles(await this.#options.places())) };
  }

  /** Reads a file and says what importing it would do. Writes nothing. */
  async preview(input: RosterPreviewInput): Promise<RosterPreviewAnswer> {
    const file = await readImportFile(await this.#options.places(), input.fileId, MAX_FILE_BYTES);
    if (!file.ok) {
      const { ok, error, ...params } = file;
      return { ok, error, params };
    }
    let codes = 0;
    const read = await readRosterFile(file.bytes, file.name, {
      ...toOptions(input.answers),
      units: this.#listUnits(),
      createId: () => `${NO_CODE}${(codes += 1)}`,
    });
    if (!read.ok) {
      const { ok, error, ...params } = read;
      return { ok, error, params };
    }
    this.#pending = { id: randomUUID(), reading: read.value };
    return { ok: true, preview: this.#view(this.#pending, file.name) };
  }

  /** Writes what the preview showed, all or nothing. */
  confirm(previewId: string): RosterConfirmAnswer {
    const pending = this.#pending;
    if (pending?.id !== previewId) return { ok: false, error: 'preview_gone' };
    if (pending.reading.questions.length > 0) return { ok: false, error: 'questions_open' };
    const { store, packageId } = this.#options;
    const { reading } = pending;
    const diff = this.#diff(reading);
    const unitNames = new Map([...this.#listUnits(), ...reading.units].map((unit) => [unit.id, unit.name]));
    const entries = [
      ...this.#withIds(diff.added),
      ...diff.changed.map((change) => change.after),
      // Somebody taken over unchanged may still have a badge or party number new in the file.
      ...diff.unchanged.map((same) => same.person),
    ];
    const removeIds = diff.removed.map((person) => person.id);
    const done = store.people.applyRoster(packageId, { entries, removeIds, unitNames });
    this.#pending = null;
    return { ok: true, added: diff.added.length, changed: diff.changed.length, ...done };
  }

  #listUnits(): { id: string; name: string }[] {
    const units = new Map(this.#options.units.map((unit) => [unit.id, unit.name]));
    for (const person of this.#options.store.people.listPeople(this.#options.packageId))
      if (person.unitId !== null && person.unitName !== null && !units.has(person.unitId))
        units.set(person.unitId, person.unitName);
    return [...units].map(([id, name]) => ({ id, name }));
  }

  #diff(reading: RosterPreview): RosterDiff {
    const { people, tokens } = this.#options.store;
    const { packageId } = this.#options;
    const numberKeys = tokens.listNumberKeys(packageId);
    const inLog = people.listIdsInLog(packageId);
    const known = people
      .listPeople(packageId)
      .filter((person) => person.kind === 'summoned')
      .map((person): KnownPerson => ({
        ...person,
        numberKey: numberKeys.get(person.id) ?? null,
        hasSignedIn: inLog.has(person.id),
      }));
    const incoming = reading.people.map((row) => row.person);
    return diffRoster(known, incoming, (number) => tokens.numberKey(number));
  }

  /** Ids for people without a code: from the number, else from name, year and unit, keyed, so that the same file gives the same ids. */
  #withIds(people: readonly RosterPerson[]): RosterPerson[] {
    const taken = new Set<string>();
    return people.map((person) => {
      if (!person.id.startsWith(NO_CODE)) return person;
      const source = person.citizenNumber ?? `${fold(person.name)}|${person.birthYear ?? ''}|${person.unitId ?? ''}`;
      const base = this.#options.store.tokens.personIdOf(this.#options.packageId, source);
      let id = base;
      for (let n = 2; taken.has(id); n += 1) id = `${base}-${n}`;
      taken.add(id);
      return { ...person, id };
    });
  }

  #view(pending: Pending, file: string): RosterPreviewView {
    const { reading } = pending;
    const diff = this.#diff(reading);
    const unitNames = new Map([...this.#listUnits(), ...reading.units].map((unit) => [unit.id, unit.name]));
    const known = new Map(
      this.#options.store.people.listPeople(this.#options.packageId).map((person) => [person.id, person]),
    );
    const unitOf = (id: string | null | undefined) => (id ? (unitNames.get(id) ?? null) : null);
    const knownView = (person: KnownPerson): RosterPersonView => {
      const { name, birthYear, position } = person;
      const numberTail = known.get(person.id)?.numberTail ?? null;
      return { row: null, name, birthYear, position, unit: unitOf(person.unitId), numberTail };
    };
    return {
      previewId: pending.id,
      file,
      sheet: reading.sheet,
      sheets: reading.sheets,
      header: reading.header,
      encoding: reading.encoding,
      columns: reading.columns,
      fields: ROSTER_FIELDS,
      people: reading.people.length,
      sample: reading.people.slice(0, SHOWN).map(({ row, person }) => ({
        row,
        name: person.name,
        birthYear: person.birthYear ?? null,
        position: person.position ?? null,
        unit: unitOf(person.unitId),
        numberTail: person.citizenNumber?.slice(-4) ?? null,
      })),
      units: reading.units.map(({ name, isNew }) => ({ name, isNew })),
      rejectedCount: reading.rejected.length,
      rejected: reading.rejected.slice(0, SHOWN),
      warningCount: reading.warnings.length,
      warnings: reading.warnings.slice(0, SHOWN),
      questions: reading.questions,
      offers: reading.offers,
      diff: {
        added: diff.added.length,
        changed: diff.changed.length,
        unchanged: diff.unchanged.length,
        removed: diff.removed.length,
        kept: diff.kept.length,
        changedSample: diff.changed.slice(0, SHOWN).map((c) => ({ ...knownView(c.before), fields: c.fields })),
        removedSample: diff.removed.slice(0, SHOWN).map(knownView),
        keptSample: diff.kept.slice(0, SHOWN).map(knownView),
      },
      ready: reading.questions.length === 0,
    };
  }
}

function toOptions(answers: RosterPreviewInput['answers']): RosterOptions {
  const { sheet, encoding, hiddenRows, titleCase, columns } = answers;
  const fields: Record<number, RosterField | null> = {};
  for (const [index, field] of Object.entries(columns ?? {})) {
    const known = ROSTER_FIELDS.find((name) => name === field);
    if (known || field === null) fields[Number(index)] = known ?? null;
  }
  return {
    ...(sheet === undefined ? {} : { sheet }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(hiddenRows === undefined ? {} : { hiddenRows }),
    ...(titleCase === undefined ? {} : { titleCase }),
    columns: fields,
  };
}
