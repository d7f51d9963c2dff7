import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Clock } from '../../electron/contract/clock.ts';
import type { SourceHealth } from '../../electron/contract/broadcast.ts';
import type { SessionPackage } from '../../electron/contract/session-package.ts';
import { Conductor } from '../../electron/core/sitting/conductor.ts';
import type { Rules } from '../../electron/core/sitting/machine.ts';
import { SessionStore } from '../../electron/core/store/session-store.ts';
import { Store } from '../../electron/core/store/store.ts';
import { makePackage } from '../support/make-package.ts';
import { MINUTE, type Habits, type Seen, type Timetable } from './trace.ts';

const point = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const KEYS = { kek: randomBytes(32), index: randomBytes(32) };
const PROVINCE = {
  keys: {
    receiptPublicJwk: { kty: 'OKP' as const, crv: 'Ed25519', x: point },
    reportPublicJwk: { kty: 'OKP' as const, crv: 'X25519', x: point },
  },
};
export const DELAY_MS = 30_000;

/** A hall with a real conductor and a real store; its clocks, broadcast and stage are moved by hand. */
export class World {
  readonly trace: Seen[] = [];
  readonly timetable: readonly Timetable[];
  readonly habits: Habits;
  readonly #file: string;
  readonly #rules: Rules | undefined;
  readonly #serial: number;
  readonly #document: SessionPackage;
  #store: Store;
  #conductor: Conductor;
  t: number;
  /** PC's clock less true time. */
  errorMs = 0;
  #mono = 1_000_000;
  #sinceBoot = 1_000_000;
  #boot = 1;
  #start = 1;
  #lastTickMono: number | null = null;
  #steppedMs = 0;
  broadcast: 'off' | 'on' | 'ended' = 'off';
  stage = false;
  provinceFinished = false;
  #endedAt = 0;
  #lastOn = -Infinity;
  #watch: { of: string | null; asked: boolean; endlistAt: number | null; offset: number | null } = {
    of: null,
    asked: false,
    endlistAt: null,
    offset: null,
  };
  #frames = new Set<string>();
  faults: string[] = [];

  constructor(options: {
    dir: string;
    name: string;
    t: number;
    timetable: readonly Timetable[];
    habits: Habits;
    rules?: Rules | undefined;
    /** Tells histories in one file apart. */
    serial: number;
  }) {
    this.#serial = options.serial;
    this.#file = path.join(options.dir, `${options.name}.db`);
    this.t = options.t;
    this.timetable = options.timetable;
    this.habits = options.habits;
    this.#rules = options.rules;
    const iso = (at: number) => new Date(at).toISOString();
    this.#document = makePackage(PROVINCE, 'http://127.0.0.1:1', {
      now: options.t,
      people: 1,
      overrides: {
        packageId: `history-${options.serial}`,
        sittings: options.timetable.map((s) => ({
          id: s.id,
          title: s.id,
          opensAt: iso(s.opensAt),
          startsAt: iso(s.startsAt),
          endsAt: iso(s.endsAt),
          endToleranceMinutes: s.toleranceMs / MINUTE,
          endGraceMinutes: s.graceMs / MINUTE,
          sources: [{ id: 'chinh', url: 'http://127.0.0.1:1/live.m3u8' }],
        })),
      },
    });
    this.#store = this.#openStore();
    this.#store.sessions.importPackage({
      document: this.#document,
      digest: 'a'.repeat(64),
      provenance: 'unsigned',
      keyId: null,
      dataKey: SessionStore.makeDataKey(),
      provinceKey: null,
    });
    this.#conductor = this.#makeConductor();
  }

  get wall(): number {
    return Math.round(this.t + this.errorMs);
  }

  get store(): Store {
    return this.#store;
  }
  get conductor(): Conductor {
    return this.#conductor;
  }

  /** Awake time passes; the core ticks once at its end. */
  pass(ms: number): void {
    this.t += ms;
    this.#mono += ms;
    this.#sinceBoot += ms;
    this.tick();
  }

  /** The PC sleeps; the program sees nothing of it. */
  sleep(ms: number): void {
    this.t += ms;
    this.#sinceBoot += ms;
    if (!this.habits.monoSleeps) this.#mono += ms;
  }

  /** The shell says that the PC woke. */
  wake(): void {
    this.#conductor.woke();
    this.tick();
  }

  /** Somebody or something sets the clock. */
  step(ms: number): void {
    this.errorMs += ms;
    this.#steppedMs += ms;
  }

  /** The core is away for so long, and starts again in the same boot or in another. */
  restart(awayMs: number, otherBoot: boolean): void {
    this.#store.close();
    this.t += awayMs;
    this.#mono = otherBoot ? 20_000 : this.#mono + awayMs;
    this.#sinceBoot = otherBoot ? 20_000 : this.#sinceBoot + awayMs;
    if (otherBoot) this.#boot += 1;
    this.#start += 1;
    this.#lastTickMono = null;
    this.#watch = { of: null, asked: false, endlistAt: null, offset: null };
    this.#frames.clear();
    this.#store = this.#openStore();
    this.#conductor = this.#makeConductor();
  }

  /** A command on the console, and what it is called in the trace. */
  byHand(name: string, act: (conductor: Conductor) => unknown): void {
    act(this.#conductor);
    this.tick(name);
  }

  tick(byHand: string | null = null): void {
    this.#poll();
    const { current } = this.#conductor;
    const runs = current?.state === 'open' || current?.state === 'live';
    if (runs && this.stage && this.broadcast === 'on') this.#frames.add(current.id);
    this.#conductor.tick();
    this.#note(byHand);
    this.#sealWhatEnded();
  }

  close(): void {
    this.#store.close();
  }

  isPlaying(): boolean {
    return this.stage && (this.broadcast === 'on' || this.t - this.#lastOn < DELAY_MS);
  }

  #note(byHand: string | null): void {
    const awake = this.#lastTickMono === null ? 0 : Math.min(5_000, this.#mono - this.#lastTickMono);
    this.#lastTickMono = this.#mono;
    this.trace.push({
      t: this.t,
      wall: this.wall,
      awakeMs: awake,
      boot: this.#boot,
      start: this.#start,
      health: this.#health(),
      stagePlaying: this.isPlaying(),
      centreKnown: this.#watch.offset !== null,
      question: this.#conductor.endQuestion(),
      sittings: this.#conductor.list(),
      byHand,
      steppedMs: this.#steppedMs,
    });
    this.#steppedMs = 0;
  }

  /** What the watcher would find now. */
  #poll(): void {
    const of = this.#conductor.current?.id ?? null;
    if (of !== this.#watch.of) this.#watch = { of, asked: false, endlistAt: null, offset: null };
    else this.#watch.asked = true;
    if (!this.#watch.asked) return;
    if (this.broadcast === 'on') this.#lastOn = this.t;
    if (this.broadcast === 'ended' && this.#watch.endlistAt === null) this.#endedAt = this.t;
    this.#watch.endlistAt = this.broadcast === 'ended' ? (this.#watch.endlistAt ?? this.wall) : null;
    if (this.habits.hasDates && this.broadcast !== 'off') {
      // Whole seconds, and an answer that is some milliseconds under way: no two measurements are alike.
      const centre = Math.floor(this.t / 1000) * 1000;
      this.#watch.offset = centre - this.wall - (this.trace.length % 50);
    }
  }

  #health(): SourceHealth {
    if (!this.#watch.asked) return 'waiting';
    return { on: 'live', off: 'unreachable', ended: 'ended' }[this.broadcast] as SourceHealth;
  }

  #openStore(): Store {
    const clock: Clock = {
      now: () => this.wall,
      stamp: () => ({ wallMs: this.wall, monoMs: this.#mono, bootId: `${this.#serial} ${this.#boot}` }),
      ...(this.habits.countsSleep ? { sinceBootMs: () => this.#sinceBoot } : {}),
    };
    const opened = Store.open({ file: this.#file, keys: KEYS, clock });
    if (!opened.ok) throw new Error(opened.error);
    return opened.store;
  }

  #makeConductor(): Conductor {
    return new Conductor({
      store: this.#store,
      clock: this.#store.clock,
      packageId: this.#document.packageId,
      plans: this.#document.sittings,
      broadcast: {
        health: () => this.#health(),
        sourceAsked: () => this.#watch.asked,
        timeAsked: () => this.#watch.asked,
        clockOffsetMs: () => this.#watch.offset,
        endlistAt: () => this.#watch.endlistAt,
        frameShown: (id) => this.#frames.has(id),
        lastFrameShown: () => this.stage && this.broadcast === 'ended' && this.t - this.#endedAt >= DELAY_MS,
        stagePlaying: () => this.isPlaying(),
        delayMs: () => DELAY_MS,
      },
      province: { follow: () => undefined, saysFinished: () => this.provinceFinished },
      onStep: () => undefined,
      onError: (cause) => this.faults.push(`a tick failed: ${String(cause)}`),
      ...(this.#rules ? { rules: this.#rules } : {}),
    });
  }

  /** Sealing and delivery, a tick after the end, as they would follow. */
  #sealWhatEnded(): void {
    for (const sitting of this.trace.at(-1)!.sittings) {
      const next = sitting.state === 'ended' ? 'sealed' : sitting.state === 'sealed' ? 'delivered' : null;
      if (!next) continue;
      this.#store.sittings.recordStep(sitting.id, sitting.state, next);
      this.#conductor.refresh();
    }
  }
}
