import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { CompactSign, importJWK } from 'jose';
import type { JWK } from 'jose';
import type { LobbyView } from '../../electron/contract/api-lobby.ts';
import type { PublicJwk } from '../../electron/contract/common.ts';
import type { SessionPackage } from '../../electron/contract/session-package.ts';
import type { Opening, Tokens } from '../../electron/contract/shell.ts';
import { loadDeviceKeys } from '../../electron/core/access/device-keys.ts';
import { createLobbyCore, type LobbyCore } from '../../electron/core/compose-lobby.ts';
import type { PlaceRoots } from '../../electron/core/report/places.ts';
import { Store } from '../../electron/core/store/store.ts';
import { createAsk, type Ask } from './ask.ts';
import { makePackage } from './make-package.ts';

/** A province's key pair for signing packages, and one that verifies receipts and encrypts reports. */
export function createProvinceKeys(name: string) {
  const pair = (curve: 'ed25519' | 'x25519') => {
    const { publicKey, privateKey } =
      curve === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
    const own = { kid: `${name}-${curve}` };
    return {
      public: { ...publicKey.export({ format: 'jwk' }), ...own } as PublicJwk,
      private: { ...privateKey.export({ format: 'jwk' }), ...own } as JWK,
    };
  };
  const signing = pair('ed25519');
  return {
    keys: { receiptPublicJwk: pair('ed25519').public, reportPublicJwk: pair('x25519').public },
    signing,
    /** The file a province hands out. */
    sign: async (document: SessionPackage): Promise<string> =>
      new CompactSign(new TextEncoder().encode(JSON.stringify(document)))
        .setProtectedHeader({ alg: 'EdDSA', typ: 'session-package+jws', jwk: signing.public as JWK })
        .sign(await importJWK(signing.private, 'EdDSA')),
  };
}
export type ProvinceKeys = ReturnType<typeof createProvinceKeys>;

export interface LobbyWorld {
  dir: string;
  dataDir: string;
  store: Store;
  core: LobbyCore;
  origin: string;
  ask: Ask;
  tokens: Tokens;
  /** What was chosen, in order. */
  opened: Opening[];
  province: ProvinceKeys;
  /** A package for this venue with invented people; sittings begin in an hour. */
  document(overrides?: Record<string, unknown>): SessionPackage;
  /** Puts a file on a stick, and plugs it in. */
  onStick(name: string, content: string | Uint8Array): string;
  view(): LobbyView;
  until(what: string, check: () => boolean | Promise<boolean>, timeoutMs?: number): Promise<void>;
  /** The same records in a new core, as after a choice. */
  restart(): Promise<void>;
}

/** A core in the lobby with real files: a data folder, a home folder and the mount point of a stick. */
export async function withLobby(body: (world: LobbyWorld) => Promise<void>, rendererDir?: string): Promise<void> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-lobby-'));
  const dataDir = path.join(dir, 'data');
  const stick = path.join(dir, 'media', 'KINGSTON');
  const mountsFile = path.join(dir, 'mounts');
  mkdirSync(path.join(dir, 'home', 'Desktop'), { recursive: true });
  writeFileSync(mountsFile, '');
  const places: PlaceRoots = {
    platform: 'linux',
    home: path.join(dir, 'home'),
    mountsFile,
    mountRoots: [path.join(dir, 'media')],
    drives: [],
  };
  const province = createProvinceKeys('tinh-a');
  const token = () => randomBytes(32).toString('base64url');
  const tokens = { stage: token(), desk: token(), console: token(), lobby: token() };
  const opened: Opening[] = [];
  const start = async () => {
    const keys = loadDeviceKeys(path.join(dataDir, 'session', 'keys'));
    if (!keys.ok) throw new Error(keys.sentence);
    const records = Store.open({
      file: path.join(dataDir, 'session', 'kiosk.db'),
      keys: { kek: keys.value.databaseKey, index: keys.value.indexKey },
    });
    if (!records.ok) throw new Error(records.error);
    const core = await createLobbyCore({
      store: records.store,
      records: path.join(dataDir, 'session'),
      keys: keys.value,
      tokens,
      port: 0,
      rendererDir: rendererDir ?? path.join(dir, 'no-windows'),
      dataDir,
      trustFile: null,
      shell: {
        open: (opening) => void opened.push(opening),
        quit: () => undefined,
        machine: { platform: 'linux', env: {}, home: dir, command: [] },
      },
      log: { info: () => undefined, error: (event, cause) => void faults.push(`${event} ${String(cause)}`) },
      places,
      app: 'test',
      refusal: null,
    });
    const origin = `http://127.0.0.1:${core.port}`;
    return { store: records.store, core, origin, ask: createAsk(origin, tokens) };
  };
  const faults: string[] = [];
  mkdirSync(path.join(dataDir, 'session'), { recursive: true });
  let running = await start();
  const stop = async () => {
    await running.core.stop();
    running.store.close();
  };
  const world: LobbyWorld = {
    ...running,
    tokens,
    dir,
    dataDir,
    opened,
    province,
    document: (overrides = {}) =>
      makePackage(province, 'http://127.0.0.1:1', { now: Date.now() + 3_600_000, people: 12, overrides }),
    onStick: (name, content) => {
      mkdirSync(stick, { recursive: true });
      writeFileSync(path.join(stick, name), content);
      writeFileSync(mountsFile, `/dev/sdb1 ${stick} vfat rw 0 0\n`);
      return path.join(stick, name);
    },
    view: () => ({ ...world.core.lobby.view(), alarms: [] }),
    until: async (what, check, timeoutMs = 10_000) => {
      const deadline = Date.now() + timeoutMs;
      while (!(await check())) {
        if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain: ${what}; ${faults.join('; ')}`);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    },
    restart: async () => {
      await stop();
      running = await start();
      Object.assign(world, running);
    },
  };
  try {
    await body(world);
  } finally {
    await stop();
    rmSync(dir, { recursive: true, force: true });
  }
}
