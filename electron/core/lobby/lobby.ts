import path from 'node:path';
import type {
  CreateSessionAnswer,
  CreateSessionInput,
  FetchPackageAnswer,
  LoadPackageAnswer,
  LobbyView,
  OpenStoredAnswer,
  PackageFault,
  PreviewPackageAnswer,
  QuitLobbyAnswer,
  TryStreamAnswer,
  TrySessionAnswer,
  Words,
} from '../../contract/api-lobby.ts';
import type { Opening } from '../../contract/shell.ts';
import { Signal } from '../../shared/signal.ts';
import { Pins, setFirstPins } from '../access/pins.ts';
import { admitPackage } from '../provisioning/admit-package.ts';
import { fetchPackage } from '../provisioning/package-address.ts';
import { rememberPackage } from '../provisioning/package-folder.ts';
import { tryStream } from '../provisioning/try-stream.ts';
import { codeOf, listPins } from '../provisioning/package-trust.ts';
import type { PcSettings } from '../hall/pc-settings.ts';
import type { Store } from '../store/store.ts';
import { compareWithStored } from './change-of-package.ts';
import { LocalRoster } from './local-roster.ts';
import { makeLocalPackage, saveLocalPackage } from './local-session.ts';
import type { Shelf, TakeOutcome } from './shelf.ts';
import type { Trials } from './trials.ts';
import { countOwed, findLastSession, listStored } from './stored-sessions.ts';

export interface LobbyOptions {
  store: Store;
  shelf: Shelf;
  trials: Pick<Trials, 'prepare'>;
  settings: PcSettings;
  dataDir: string;
  /** Why what was chosen before could not be opened. */
  refusal: Words | null;
  onImported(this: void, packageId: string, provenance: string): void;
  onError(this: void, cause: unknown): void;
}

type Taken = Extract<TakeOutcome, { ok: true }>;
type Allowed = { ok: true; code: string | null } | Extract<LoadPackageAnswer, { ok: false }>;

/** The start screen: which sessions can be opened, and opening one. What is chosen opens in the next core. */
export class Lobby {
  /** Something of the view may be another. */
  readonly changed = new Signal();
  /** Somebody chose; nothing more can be chosen. */
  readonly chosen = new Signal<Opening>();
  /** Of a session that is made on the spot. */
  readonly roster: LocalRoster;
  readonly #options: LobbyOptions;
  #isOpening = false;
  #isLoading = false;

  constructor(options: LobbyOptions) {
    this.#options = options;
    this.roster = new LocalRoster(() => options.shelf.places());
    options.shelf.changed.on(() => this.changed.emit());
  }

  /** What the window shows, besides what is wrong with the PC. */
  view(): Omit<LobbyView, 'alarms'> {
    const { store, shelf, refusal, settings } = this.#options;
    return {
      now: store.clock.now(),
      language: settings.get('language'),
      packages: [...shelf.packages],
      stored: listStored(store),
      searching: !shelf.hasLooked,
      cut: shelf.isCut,
      hasPin: this.#pins() !== null,
      refusal,
      owed: countOwed(store),
      opening: this.#isOpening,
    };
  }

  /** What loading it would change. */
  async preview(id: string): Promise<PreviewPackageAnswer> {
    const { store, shelf } = this.#options;
    const taken = await shelf.take(id);
    if (!taken.ok) return describe(taken);
    const { document, digest } = taken.read;
    const hasPin =
      document.access.technicianPin !== undefined || new Pins(store, document.packageId).isSet('technician');
    return {
      ok: true,
      package: taken.shown,
      change: compareWithStored(store, document, digest),
      needsPin: !hasPin,
    };
  }

  /** Fetches a package from an address into the list. */
  async fetch(address: string): Promise<FetchPackageAnswer> {
    if (this.#isOpening || this.#isLoading) return { ok: false, error: 'busy' };
    this.#isLoading = true;
    try {
      const { shelf } = this.#options;
      const fetched = await fetchPackage(address, this.#network());
      if (!fetched.ok) return fetched;
      return { ok: true, id: await shelf.add({ ...fetched, host: new URL(address.trim()).host }) };
    } finally {
      this.#isLoading = false;
    }
  }

  /** Makes a session on the spot and saves it as a package, which is then loaded like any other. */
  async create(input: CreateSessionInput): Promise<CreateSessionAnswer> {
    const { store, shelf, onError } = this.#options;
    const like = store.sessions.getSession(input.reportsLike || (findLastSession(store) ?? ''));
    if (!like && input.reportsLike !== '') return { ok: false, error: 'no_province' };
    const now = store.clock.now();
    if (input.sittings.every(({ endsAt }) => endsAt <= now)) return { ok: false, error: 'all_over' };
    const { rosterPreviewId } = input;
    const people = rosterPreviewId === '' ? null : this.roster.take(rosterPreviewId);
    if (!people && rosterPreviewId !== '') return { ok: false, error: 'roster_gone' };
    try {
      const document = makeLocalPackage(input, { like, people, now });
      const file = await saveLocalPackage(document, await shelf.places());
      const id = file && (await shelf.find(file));
      return file && id ? { ok: true, id, name: path.basename(file) } : { ok: false, error: 'no_place' };
    } catch (cause) {
      onError(cause);
      return { ok: false, error: 'not_written' };
    }
  }

  /** Whether anything can be read at the address of a stream. */
  tryStream(address: string): Promise<TryStreamAnswer> {
    return tryStream(address, this.#network());
  }

  /** How requests leave this PC: as set on it, else as the package of the last session said. */
  #network(): { proxy?: string | undefined; certificateAuthority?: string | undefined } {
    const { store, settings } = this.#options;
    const last = findLastSession(store);
    const delivery = last === null ? null : store.sessions.getSession(last)?.document.delivery;
    return settings.networkOf(delivery ?? {}, []);
  }

  /** Takes a package into the records and opens it. */
  async load(input: {
    id: string;
    allow?: string | undefined;
    newPin?: string | undefined;
  }): Promise<LoadPackageAnswer> {
    if (this.#isOpening || this.#isLoading) return { ok: false, error: 'busy' };
    this.#isLoading = true;
    try {
      const taken = await this.#options.shelf.take(input.id);
      if (!taken.ok) return describe(taken);
      const allowed = await this.#allow(taken, input.allow);
      if (!allowed.ok) return allowed;
      return await this.#takeIn(taken, allowed.code, input.newPin);
    } finally {
      this.#isLoading = false;
    }
  }

  /** Opens a session that is in the records already. */
  open(packageId: string): OpenStoredAnswer {
    if (this.#isOpening) return { ok: false, error: 'busy' };
    const isThere = listStored(this.#options.store).some((each) => each.packageId === packageId && !each.damaged);
    if (!isThere) return { ok: false, error: 'gone' };
    this.#choose({ kind: 'session', packageId });
    return { ok: true };
  }

  rehearse(): void {
    if (!this.#isOpening) this.#choose({ kind: 'rehearsal' });
  }

  /** Opens a trial of a session that is in the records already. */
  tryOut(packageId: string): TrySessionAnswer {
    if (this.#isOpening || this.#isLoading) return { ok: false, error: 'busy' };
    const prepared = this.#options.trials.prepare(packageId, 'lobby');
    if (prepared.ok) this.#choose({ kind: 'trial', packageId });
    return prepared;
  }

  /** Whether the kiosk may be closed: with the technician's PIN where this PC has one. */
  async mayQuit(pin: string | undefined): Promise<QuitLobbyAnswer> {
    const pins = this.#pins();
    if (pins === null) return { ok: true };
    if (pin === undefined || pin === '') return { ok: false, error: 'pin_needed' };
    const checked = await pins.check('technician', pin);
    return checked.ok || checked.error !== 'pin_missing' ? checked : { ok: true };
  }

  /** What speaks against a package is let in by a person: by the technician's PIN, else by the last group of its code. */
  async #allow({ read, shown }: Taken, given: string | undefined): Promise<Allowed> {
    if (shown.fault) return refuse(shown.fault.words ?? WHY_NEVER[shown.fault.code] ?? UNUSABLE);
    if (shown.questions.length === 0) return { ok: true, code: null };
    const code = codeOf(read.digest);
    const pins = this.#pins();
    if (pins === null) {
      const typed = (given ?? '').toLowerCase().replaceAll(/[^0-9a-f]/gu, '');
      const isRight = typed === code.split('-').at(-1) || typed === code.replaceAll('-', '');
      return isRight ? { ok: true, code } : { ok: false, error: 'wrong_code' };
    }
    const checked = await pins.check('technician', given ?? '');
    if (checked.ok || checked.error === 'pin_missing') return { ok: true, code };
    return checked;
  }

  async #takeIn({ read, known, file }: Taken, allowed: string | null, newPin?: string): Promise<LoadPackageAnswer> {
    const { store, dataDir, onImported, onError } = this.#options;
    const { packageId, access } = read.document;
    const admitted = await admitPackage(store, { read, known, fileName: file.name, allowed });
    if (!admitted.ok) return refuse({ en: admitted.sentence, vi: admitted.vi });
    const pins = new Pins(store, packageId);
    await setFirstPins(pins, access);
    if (newPin !== undefined && !pins.isSet('technician')) await pins.setPin('technician', newPin);
    onImported(packageId, read.provenance);
    try {
      rememberPackage({ file: file.path, dataDir, read, pins: listPins(store) });
    } catch (cause) {
      // The keys stand in the records too.
      onError(cause);
    }
    this.#choose({ kind: 'session', packageId });
    return { ok: true };
  }

  #choose(opening: Opening): void {
    this.#isOpening = true;
    this.changed.emit();
    this.chosen.emit(opening);
  }

  /** The technician's PIN of the session this PC had last; null where it never had one. */
  #pins(): Pins | null {
    const { store } = this.#options;
    const last = findLastSession(store);
    const newestFirst = store.sessions.listSessions().toReversed();
    const ids = [...(last === null ? [] : [last]), ...newestFirst.map(({ packageId }) => packageId)];
    return ids.map((packageId) => new Pins(store, packageId)).find((pins) => pins.isSet('technician')) ?? null;
  }
}

const UNUSABLE: Words = {
  vi: 'Gói này không dùng được. Hãy xin tỉnh gửi lại.',
  en: 'This package cannot be used. Ask the province to send it again.',
};
const WHY_NEVER: Partial<Record<PackageFault, Words>> = {
  expired: {
    vi: 'Các buổi trong gói này đã qua. Hãy xin tỉnh gói mới; nếu chưa qua thì xem lại ngày giờ của máy.',
    en: 'All sittings of this package are over. Ask the province for a new one; if they are not, check the clock of this PC.',
  },
  older_issue: {
    vi: 'Trên máy đã có bản phát hành mới hơn của gói này. Hãy dùng bản đó.',
    en: 'A newer issue of this package is on this PC. Use that one.',
  },
  data_destroyed: {
    vi: 'Máy này đã hủy dữ liệu cá nhân của phiên đó vì hết thời hạn lưu. Cần họp lại thì xin tỉnh gói phiên mới, số khác.',
    en: 'This PC destroyed the personal data of that session as its time was over. For another meeting ask the province for a package with a new number.',
  },
  address_without_keys: {
    vi: 'Máy này chưa có khóa của tỉnh, nên lần đầu phải nạp bằng USB.',
    en: 'No key of the province is on this PC yet, so the first package must come on a stick.',
  },
  address_not_signed: {
    vi: 'Gói ở địa chỉ này không có chữ ký số của tỉnh. Đừng dùng, hãy hỏi tỉnh.',
    en: 'The package at this address is not signed by the province. Do not use it, ask the province.',
  },
};

function refuse(words: Words): { ok: false; error: 'refused'; words: Words } {
  return { ok: false, error: 'refused', words };
}

function describe(taken: Extract<TakeOutcome, { ok: false }>) {
  if (taken.error === 'file_gone') return { ok: false as const, error: taken.error };
  return refuse({ en: taken.sentence, vi: taken.vi });
}
