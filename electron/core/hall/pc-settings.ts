import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ProxyChoice, UiLanguage } from '../../contract/api-settings.ts';
import type { SessionPackage } from '../../contract/session-package.ts';
import { Signal } from '../../shared/signal.ts';
import type { NetworkOptions } from '../network/dispatcher.ts';
import { writeDurablySync } from '../store/durable-file.ts';
import { isOnThisPc } from './proxy-address.ts';

/** Who set it, a role of the console, and when, epoch ms. */
const setTo = <T extends z.ZodType>(value: T) => z.object({ value, at: z.number(), by: z.string() });
const Kept = z.object({
  language: setTo(UiLanguage).optional(),
  largeLetters: setTo(z.boolean()).optional(),
  proxy: setTo(ProxyChoice).optional(),
});
type Kept = z.infer<typeof Kept>;
type Name = keyof Kept;
type ValueOf<N extends Name> = NonNullable<Kept[N]>['value'];

const DEFAULTS: { readonly [N in Name]: ValueOf<N> } = {
  language: 'vi',
  largeLetters: false,
  proxy: { use: 'package' },
};

/**
 * Settings of this PC: of rehearsals, trials, sessions and the start screen alike, so they stand in a file of the data folder and
 * not in the records of one of them. A file that cannot be read costs the settings, never a start.
 */
export class PcSettings {
  readonly changed = new Signal<Name>();
  readonly #file: string | null;
  #kept: Kept;

  /** `dataDir` null: nothing is kept. */
  constructor(dataDir: string | null) {
    this.#file = dataDir === null ? null : path.join(dataDir, 'pc.json');
    this.#kept = this.#read();
  }

  get<N extends Name>(name: N): ValueOf<N> {
    return this.#kept[name]?.value ?? DEFAULTS[name];
  }

  /** Takes effect at once, in every window. Throws with the system's error when it cannot be written; then nothing changes. */
  set<N extends Name>(name: N, value: ValueOf<N>, { at, by }: { at: number; by: string }): void {
    const kept = Kept.parse({ ...this.#kept, [name]: { value, at, by } });
    if (this.#file !== null) writeDurablySync(this.#file, Buffer.from(JSON.stringify(kept, null, 2)));
    this.#kept = kept;
    this.changed.emit(name);
  }

  /**
   * How requests to `servers` leave the PC: by the proxy that was set here, else by the package's. Who sits in the hall knows its
   * network; the province that wrote the package guessed. Servers on this PC are those of a rehearsal, and no proxy set here is asked for them.
   */
  networkOf(
    { proxy, certificateAuthority }: Pick<SessionPackage['delivery'], 'proxy' | 'certificateAuthority'>,
    servers: readonly string[],
  ): NetworkOptions {
    const choice = this.get('proxy');
    if (choice.use === 'package') return { proxy, certificateAuthority };
    const goesOut = servers.length === 0 || !servers.every((url) => isOnThisPc(url));
    return { proxy: choice.use === 'address' && goesOut ? choice.address : undefined, certificateAuthority };
  }

  /** Somebody set on this PC by which proxy, or by none. */
  get isProxyChosen(): boolean {
    return this.get('proxy').use !== 'package';
  }

  #read(): Kept {
    try {
      return this.#file === null ? {} : Kept.parse(JSON.parse(readFileSync(this.#file, 'utf8')));
    } catch {
      return {};
    }
  }
}
