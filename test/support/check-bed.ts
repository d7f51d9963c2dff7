import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { lookup } from 'node:dns/promises';
import os from 'node:os';
import path from 'node:path';
import { CHECKS, type CheckFacts, type CheckId, type CheckState } from '../../electron/contract/checks.ts';
import { checkProvince, isSendingBlocked } from '../../electron/core/delivery/check-province.ts';
import { createTransport } from '../../electron/core/delivery/transport.ts';
import { CHECK_LIST } from '../../electron/core/health/check-list.ts';
import type { CheckContext } from '../../electron/core/health/check.ts';
import type { Machine } from '../../electron/core/health/machine.ts';
import type { NetworkOptions } from '../../electron/core/network/dispatcher.ts';
import { createEgress } from '../../electron/core/network/egress.ts';
import type { SessionRecord } from '../../electron/core/store/session-store.ts';
import { makePackage } from './make-package.ts';

const KEY = 'A'.repeat(43);
const keys = {
  receiptPublicJwk: { kty: 'OKP' as const, crv: 'Ed25519', x: KEY },
  reportPublicJwk: { kty: 'OKP' as const, crv: 'X25519', x: KEY },
};

/** A PC on a tree of files of its own, without any program of the system but those given. */
export interface TestMachine extends Machine {
  write(file: string, text: string): void;
  /** What `command` says; all others are not there. */
  says(command: string, answer: (args: readonly string[]) => { status: number; out: string }): void;
  remove(): void;
}

export function createTestMachine(): TestMachine {
  const root = mkdtempSync(path.join(os.tmpdir(), 'kiosk-machine-'));
  const programs = new Map<string, (args: readonly string[]) => { status: number; out: string }>();
  const home = path.join(root, 'home/diemcau');
  mkdirSync(home, { recursive: true });
  return {
    platform: 'linux',
    env: { PATH: path.join(root, 'usr/bin') },
    home,
    root,
    run: (command, args) => Promise.resolve(programs.get(command)?.(args) ?? null),
    write(file, text) {
      const full = path.join(root, file);
      mkdirSync(path.dirname(full), { recursive: true });
      writeFileSync(full, text);
    },
    says: (command, answer) => void programs.set(command, answer),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

export interface CheckBed {
  context: CheckContext;
  machine: TestMachine;
  /** Runs one check as it is in the list; the state is that of the contract's table. */
  run: (id: CheckId) => Promise<{ state: CheckState; word: string; facts: CheckFacts }>;
  stop(): Promise<void>;
}

export interface CheckBedOptions extends NetworkOptions {
  /** Of the province; nothing listens on the usual one. */
  endpoint?: string;
  sources?: { id: string; url: string }[];
  /** What the PC's clock shows, epoch ms. */
  now?: () => number;
  package?: Record<string, unknown>;
  change?: Partial<CheckContext>;
}

/** What the checks look at, with real connections and a real folder, and nothing wrong but what is asked for. */
export function createCheckBed(options: CheckBedOptions = {}): CheckBed {
  const { endpoint = 'http://127.0.0.1:9', sources = [], now = Date.now, proxy, certificateAuthority } = options;
  const machine = createTestMachine();
  const network = { proxy, certificateAuthority };
  const egress = createEgress({ ...network, now });
  const transport = createTransport({ ...network, limits: { connectMs: 2_000, headersMs: 2_000, totalMs: 5_000 } });
  const document = makePackage({ keys }, endpoint, { now: now(), sources, overrides: options.package ?? {} });
  const session: SessionRecord = {
    packageId: document.packageId,
    digest: '0'.repeat(64),
    provenance: 'signed',
    keyId: 'key',
    issuedAt: Date.parse(document.issuedAt),
    importedAt: now(),
    document,
    provinceKey: null,
  };
  const context: CheckContext = {
    now,
    signal: new AbortController().signal,
    session,
    sitting: null,
    sources,
    network: { ...network, egress, resolveName: (name) => lookup(name, { all: true }) },
    checkProvince: async (signal) => {
      const check = await checkProvince({ transport, endpoint, viaProxy: proxy !== undefined, signal });
      const methodBlocked = check.reach === 'ok' && (await isSendingBlocked({ transport, endpoint, signal }));
      return { ...check, methodBlocked };
    },
    stage: {
      isPlaying: () => false,
      isSoundDeviceLost: () => false,
      soundDevice: () => null,
      decode: (all) => Promise.resolve(all.map(({ id }) => ({ id, frames: 50, widthPx: 1280, heightPx: 720 }))),
    },
    records: {
      isPinSet: () => true,
      roster: () => ({ hasRoster: true, summoned: 20, damaged: 0, listAt: now() }),
      countDoubles: () => Promise.resolve(0),
      hallFacts: () => ({ secondCopy: { state: 'complete', where: 'stick', at: now() } }),
      alarms: () => [],
    },
    answers: { sound: { heard: true, at: now() }, scanner: { result: 'read', at: now() } },
    shell: {
      madeUp: false,
      displays: [
        { label: 'A', left: 0, top: 0, width: 1366, height: 768, scale: 1, primary: true, shows: ['desk', 'console'] },
        { label: 'B', left: 1366, top: 0, width: 1920, height: 1080, scale: 1, primary: false, shows: ['stage'] },
      ],
      windows: [
        { role: 'stage', fills: true },
        { role: 'desk', fills: true },
        { role: 'console', fills: true },
      ],
      program: { name: 'Chromium', version: '150.0.1.2', chromium: '150.0.1.2', builtAt: now() - 86_400_000 },
      front: 'ours',
      frontName: null,
    },
    machine,
    dataDir: mkdtempSync(path.join(os.tmpdir(), 'kiosk-data-')),
    ...options.change,
  };
  const { dataDir } = context;
  return {
    context,
    machine,
    async run(id) {
      const check = CHECK_LIST.find((each) => each.id === id);
      if (!check) throw new Error(`no check ${id}`);
      const { word, facts = {} } = await check.run(context);
      const states: Readonly<Record<string, CheckState>> = CHECKS[id];
      const state = states[word];
      if (!state) throw new Error(`${id} has no word ${word}`);
      return { state, word, facts };
    },
    async stop() {
      await egress.stop();
      await transport.close();
      machine.remove();
      if (!options.change?.dataDir) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Runs `body` on a bed that is taken away afterwards. */
export async function withCheckBed(options: CheckBedOptions, body: (bed: CheckBed) => Promise<void>): Promise<void> {
  const bed = createCheckBed(options);
  try {
    await body(bed);
  } finally {
    await bed.stop();
  }
}
