import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { SessionPackage } from '../../electron/contract/session-package.ts';
import type { Opening, Tokens } from '../../electron/contract/shell.ts';
import { loadDeviceKeys } from '../../electron/core/access/device-keys.ts';
import { Pins, setFirstPins } from '../../electron/core/access/pins.ts';
import type { CachePolicy } from '../../electron/core/broadcast/cache/cache-policy.ts';
import { createCore, type Core } from '../../electron/core/compose.ts';
import type { Machine } from '../../electron/core/health/machine.ts';
import type { ShellFacts } from '../../electron/contract/shell.ts';
import type { CoreLog } from '../../electron/core/core-log.ts';
import type { PrintOutcome } from '../../electron/core/http/print.ts';
import { systemPlaceRoots, type PlaceRoots } from '../../electron/core/report/places.ts';
import { NO_PRINTERS, type Printers } from '../../electron/core/report/printing/printers.ts';
import { importPackage } from '../../electron/core/provisioning/import-package.ts';
import { createIntake, type Intake, type IntakeFaults } from '../../electron/core/rehearsal/intake.ts';
import type { Clock } from '../../electron/core/store/clock.ts';
import { Store } from '../../electron/core/store/store.ts';
import { createAsk, type Ask } from './ask.ts';
import { makePackage } from './make-package.ts';

export interface RunningCore {
  core: Core;
  store: Store;
  /** Asks as the window of the path would; what goes in and comes out is the table of endpoints. */
  ask: Ask;
  tokens: Tokens;
  log: { event: string; facts: Record<string, unknown> }[];
  /** What was chosen to be opened in place of this session. */
  opened: Opening[];
  origin: string;
}

export interface CoreWorld extends RunningCore {
  dir: string;
  intake: Intake;
  endpoint: string;
  document: SessionPackage;
  /** The sitting the hall is in. */
  readonly sittingId: string;
  /** Stops the core as a power cut would find it again: same files, new process state; with another package if one is given. */
  restart(document?: SessionPackage): Promise<RunningCore>;
  /** Resolves when the check holds; fails after the time-out, milliseconds. */
  until(what: string, check: () => boolean | Promise<boolean>, timeoutMs?: number): Promise<void>;
}

export interface CoreWorldOptions {
  /** Where the folder of the core is made; the system's place for temporary files when absent. The province keeps its own there. */
  root?: string;
  people?: number;
  /** Prepares the core's folder before the first start. */
  beforeStart?(dir: string): void | Promise<void>;
  sources?: { id: string; url: string }[];
  /** The PC's clocks; timers run in real time all the same. */
  clock?: Clock;
  random?: () => number;
  /** A province that misbehaves. */
  provinceFaults?: IntakeFaults;
  package?: (document: SessionPackage) => SessionPackage;
  sitting?: Record<string, unknown>;
  /** Built windows; without it there are none. */
  rendererDir?: string;
  /** Where documents may be saved; without it nowhere. */
  places?: PlaceRoots;
  /** Printers of the PC; without it there is no way to print. */
  printers?: Printers;
  /** What the checks look at; this PC when absent. */
  machine?: Machine;
  /** What the shell says when the checks ask; without it there is no shell. */
  shellFacts?: () => Promise<ShellFacts | null>;
  /** Seals what is secret among the settings of the PC. */
  settingsKey?: Buffer;
  /** Where long delays are kept, in a folder of the world; without it nowhere. */
  cache?: Partial<CachePolicy>;
  /** A shell that prints; without it there is no printer. */
  print?: (path: string, core: { port: number; tokens: RunningCore['tokens'] }) => Promise<PrintOutcome>;
}

/** Runs the real core: temporary folder, real database file, free port, typed clients, a province that answers. */
export async function withCore(options: CoreWorldOptions, body: (world: CoreWorld) => Promise<void>): Promise<void> {
  const dir = mkdtempSync(path.join(options.root ?? os.tmpdir(), 'kiosk-core-'));
  const province =
    options.root === undefined ? path.join(dir, 'province') : mkdtempSync(path.join(os.tmpdir(), 'province-'));
  const intake = createIntake({
    dir: province,
    rehearsal: false,
    ...(options.provinceFaults ? { faults: options.provinceFaults } : {}),
  });
  const { endpoint } = await intake.start();
  const plain = makePackage(intake, endpoint, {
    ...(options.people === undefined ? {} : { people: options.people }),
    ...(options.sources ? { sources: options.sources } : {}),
    ...(options.sitting ? { sitting: options.sitting } : {}),
  });
  const document = options.package?.(plain) ?? plain;
  await options.beforeStart?.(dir);
  let running = await startCore(dir, document, options);
  const world: CoreWorld = {
    ...running,
    dir,
    intake,
    endpoint,
    document,
    get sittingId() {
      return running.core.hall.sitting?.id ?? '';
    },
    restart: async (next = document) => {
      await stopCore(running);
      running = await startCore(dir, next, options);
      Object.assign(world, running);
      return running;
    },
    until: async (what, check, timeoutMs = 10_000) => {
      const deadline = Date.now() + timeoutMs;
      while (!(await check())) {
        if (Date.now() > deadline) throw new Error(`waited ${timeoutMs} ms in vain: ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    },
  };
  try {
    await body(world);
  } finally {
    await stopCore(running);
    await intake.stop();
    for (const folder of [dir, province]) rmSync(folder, { recursive: true, force: true });
  }
}

async function startCore(dir: string, document: SessionPackage, options: CoreWorldOptions): Promise<RunningCore> {
  const keys = loadDeviceKeys(path.join(dir, 'keys'));
  if (!keys.ok) throw new Error(keys.sentence);
  const records = Store.open({
    file: path.join(dir, 'kiosk.db'),
    keys: { kek: keys.value.databaseKey, index: keys.value.indexKey, device: keys.value.device.privateKey },
    ...(options.clock ? { clock: options.clock } : {}),
  });
  if (!records.ok) throw new Error(records.error);
  const { store } = records;
  const digest = createHash('sha256').update(JSON.stringify(document)).digest('hex');
  const imported = await importPackage(store, { document, provenance: 'unsigned', keyId: null, digest });
  if (!imported.ok) throw new Error(imported.sentence);
  const session = store.sessions.getSession(document.packageId);
  if (!session) throw new Error('not imported');
  await setFirstPins(new Pins(store, document.packageId), document.access);
  const tokens = { stage: token(), desk: token(), console: token(), lobby: token() };
  const log: RunningCore['log'] = [];
  const opened: Opening[] = [];
  const coreLog: CoreLog = {
    info: (event, facts = {}) => void log.push({ event, facts }),
    error: (event, cause) => void log.push({ event, facts: { error: String(cause) } }),
  };
  const core: Core = await createCore({
    store,
    keys: keys.value,
    session,
    tokens,
    port: 0,
    rendererDir: options.rendererDir ?? path.join(dir, 'no-windows'),
    shell: {
      show: () => undefined,
      quit: () => undefined,
      keepAwake: () => undefined,
      swapDisplays: () => undefined,
      ...(options.shellFacts ? { facts: options.shellFacts } : {}),
      open: (opening) => void opened.push(opening),
      machine: { platform: 'linux', env: {}, home: path.join(dir, 'home'), command: [process.execPath, '--data=d'] },
      settingsDir: dir,
      settingsKey: options.settingsKey ?? null,
      print: async (path) =>
        (await options.print?.(path, { port: core.port, tokens })) ?? {
          ok: false,
          error: 'print_failed',
          detail: 'no printer in this test',
        },
    },
    log: coreLog,
    dataDir: dir,
    ...(options.machine ? { machine: options.machine } : {}),
    ...(options.cache ? { cache: { ...options.cache, root: path.join(dir, 'broadcast-cache') } } : {}),
    documents: {
      fontsDir: path.resolve(import.meta.dirname, '../../node_modules/@fontsource/tinos/files'),
      places: options.places ?? { ...systemPlaceRoots(), home: path.join(dir, 'home'), mountRoots: [] },
      printers: options.printers ?? NO_PRINTERS,
    },
    app: 'test',
    ...(options.random ? { random: options.random } : {}),
  });
  const origin = `http://127.0.0.1:${core.port}`;
  return {
    core,
    store,
    tokens,
    log,
    opened,
    origin,
    ask: createAsk(origin, tokens),
  };
}

async function stopCore(running: RunningCore): Promise<void> {
  await running.core.stop();
  running.store.close();
}

function token(): string {
  return randomBytes(32).toString('base64url');
}
