const MOST = 500;
/** So many addresses must have moved the same way before the whole server counts as moved. */
const ENOUGH = 2;
/** So many moves are remembered across a restart. */
const MOST_KEPT = 50;

/** Moves that a restart must not forget: of single addresses, and of whole servers (origins). `from` and `to` are whole addresses, tokens among them. */
export interface KeptMoves {
  addresses: { from: string; to: string }[];
  servers: { from: string; to: string }[];
}

/** Where moves are kept; called seldom. */
export interface MoveMemory {
  read(): KeptMoves;
  write(moves: KeptMoves): void;
}

interface Target {
  to: string;
  /** It was asked for again: a master or a list, and no segment, which is asked for once. */
  used: boolean;
}

/** Where addresses have moved for good (301 and 308): the old server may be switched off at any time. */
export class MovedAddresses {
  readonly #targets = new Map<string, Target>();
  /** By old origin: the new one, and how many addresses kept their path there. */
  readonly #origins = new Map<string, { origin: string; count: number }>();
  readonly #memory: MoveMemory | null;
  #written = '';

  /** `memory`: what was known before a restart. */
  constructor(memory: MoveMemory | null = null) {
    this.#memory = memory;
    const { addresses, servers } = memory?.read() ?? { addresses: [], servers: [] };
    for (const { from, to } of addresses) this.#targets.set(from, { to, used: true });
    for (const { from, to } of servers) this.#origins.set(from, { origin: to, count: ENOUGH });
    this.#written = JSON.stringify(this.#kept);
  }

  /** The address to ask in place of `url`; null when none is known. */
  targetOf(url: string): string | null {
    const target = this.#targets.get(url);
    if (!target) return null;
    target.used = true;
    this.#keep();
    return target.to;
  }

  /** The same path on the server that everything of this one moved to; null when that is not known. */
  sameOnNewServer(url: string): string | null {
    const { origin, href } = new URL(url);
    const moved = this.#origins.get(origin);
    return moved && moved.count >= ENOUGH ? moved.origin + href.slice(origin.length) : null;
  }

  note(from: string, to: string): void {
    if (from === to) return;
    const used = this.#targets.get(from)?.used ?? false;
    this.#targets.delete(from);
    this.#targets.set(from, { to, used });
    if (this.#targets.size > MOST) this.#targets.delete(this.#targets.keys().next().value!);
    const [old, now] = [new URL(from), new URL(to)];
    if (old.origin !== now.origin && old.pathname === now.pathname) {
      const known = this.#origins.get(old.origin);
      this.#origins.set(old.origin, {
        origin: now.origin,
        count: known?.origin === now.origin ? known.count + 1 : 1,
      });
    }
    this.#keep();
  }

  /** The new address did not answer: the old one is asked again. */
  forget(from: string): void {
    this.#targets.delete(from);
    this.#keep();
  }

  get #kept(): KeptMoves {
    const addresses = [...this.#targets].flatMap(([from, { to, used }]) => (used ? [{ from, to }] : []));
    const servers = [...this.#origins].flatMap(([from, { origin, count }]) =>
      count >= ENOUGH ? [{ from, to: origin }] : [],
    );
    return { addresses: addresses.slice(-MOST_KEPT), servers: servers.slice(-MOST_KEPT) };
  }

  #keep(): void {
    if (!this.#memory) return;
    const kept = this.#kept;
    const text = JSON.stringify(kept);
    if (text === this.#written) return;
    this.#written = text;
    this.#memory.write(kept);
  }
}
