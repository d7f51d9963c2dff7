import path from 'node:path';
import { z } from 'zod';
import { UiLanguage } from '../../contract/api-settings.ts';
import type { SessionPackage } from '../../contract/session-package.ts';
import { joinLogin, splitLogin, type ProxyLogin } from '../../shared/proxy-login.ts';
import { Signal } from '../../shared/signal.ts';
import type { NetworkOptions } from '../network/dispatcher.ts';
import { decryptBytes, encryptBytes } from '../store/field-cipher.ts';
import { isOnThisPc } from './proxy-address.ts';
import { readTwice, writeTwice } from './settings-file.ts';

/** As it is kept: `login` is name and password, sealed, base64. */
const ProxyKept = z.discriminatedUnion('use', [
  z.object({ use: z.literal('package') }),
  z.object({ use: z.literal('none') }),
  z.object({ use: z.literal('address'), address: z.url(), login: z.string().optional() }),
]);
type ProxyKept = z.infer<typeof ProxyKept>;

/** Who set it, a role of the console, and when, epoch ms. */
const setTo = <T extends z.ZodType>(value: T) => z.object({ value, at: z.number(), by: z.string() });
const Kept = z.object({
  language: setTo(UiLanguage).optional(),
  largeLetters: setTo(z.boolean()).optional(),
  readAloud: setTo(z.boolean()).optional(),
  proxy: setTo(ProxyKept).optional(),
});
type Kept = z.infer<typeof Kept>;
type Name = keyof Kept;
type ValueOf<N extends Name> = NonNullable<Kept[N]>['value'];

const DEFAULTS: { readonly [N in Name]: ValueOf<N> } = {
  language: 'vi',
  largeLetters: false,
  readAloud: false,
  proxy: { use: 'package' },
};
const Login = z.object({ name: z.string(), password: z.string() });
/** What the sealed bytes are, for the cipher. */
const LOGIN = 'proxy login';

/**
 * Settings of this PC: of rehearsals, trials, sessions and the start screen alike, so they stand in files of the data folder and
 * not in the records of one of them. Files that cannot be read cost the settings, never a start.
 */
export class PcSettings {
  readonly changed = new Signal<Name>();
  /** Files were there, and neither was whole: everything is as on a new PC. */
  readonly areLost: boolean;
  readonly #files: { file: string; copy: string } | null;
  readonly #key: Buffer | null;
  #kept: Kept;

  /** `dataDir` null: nothing is kept. `key`: of 32 bytes, for what is secret; null where there is none yet. */
  constructor(dataDir: string | null, key: Buffer | null = null) {
    const at = (name: string): string => path.join(dataDir ?? '', name);
    this.#files = dataDir === null ? null : { file: at('pc.json'), copy: at('pc-copy.json') };
    this.#key = key;
    const found = this.#files && readTwice(this.#files, Kept);
    this.areLost = found === 'lost';
    this.#kept = found === null || found === 'lost' ? {} : found;
    this.#sealOldLogin();
  }

  get<N extends Name>(name: N): ValueOf<N> {
    return this.#kept[name]?.value ?? DEFAULTS[name];
  }

  /** Takes effect at once, in every window. Throws with the system's error when it cannot be written; then nothing changes. */
  set<N extends Name>(name: N, value: ValueOf<N>, { at, by }: { at: number; by: string }): void {
    const kept = Kept.parse({ ...this.#kept, [name]: { value, at, by } });
    if (this.#files !== null) writeTwice(this.#files, kept);
    this.#kept = kept;
    this.changed.emit(name);
  }

  /** The proxy as it is kept: its name and password sealed. Null where there are some and no key to seal them with. */
  seal(address: string, login: ProxyLogin | null): ProxyKept | null {
    if (login === null) return { use: 'address', address };
    if (this.#key === null) return null;
    const sealed = encryptBytes(this.#key, LOGIN, Buffer.from(JSON.stringify(login), 'utf8'));
    return { use: 'address', address, login: sealed.toString('base64') };
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
    return { proxy: choice.use === 'address' && goesOut ? this.#open(choice) : undefined, certificateAuthority };
  }

  /** Somebody set on this PC by which proxy, or by none. */
  get isProxyChosen(): boolean {
    return this.get('proxy').use !== 'package';
  }

  /** Without a name where it cannot be opened: the proxy then says that it wants one. */
  #open({ address, login }: Extract<ProxyKept, { use: 'address' }>): string {
    if (login === undefined || this.#key === null) return address;
    try {
      const plain = decryptBytes(this.#key, LOGIN, Buffer.from(login, 'base64'));
      return joinLogin(address, Login.parse(JSON.parse(plain.toString('utf8'))));
    } catch {
      return address;
    }
  }

  /** Older programs kept name and password in the address. */
  #sealOldLogin(): void {
    const proxy = this.#kept.proxy;
    if (proxy?.value.use !== 'address') return;
    const { address, login } = splitLogin(proxy.value.address);
    const value = login && this.seal(address, login);
    if (!value) return;
    try {
      this.set('proxy', value, proxy);
    } catch {
      // At the next start.
    }
  }
}
