import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { ToCore } from '../contract/shell.ts';
import { loadDeviceKeys } from './access/device-keys.ts';
import { Pins, setFirstPins } from './access/pins.ts';
import { openChannel, type Channel } from './channel.ts';
import { createCore, type Core } from './compose.ts';
import { createCoreLog, type CoreLog } from './core-log.ts';
import { describeError, describePageFault } from '../log/error-text.ts';
import { PortTaken } from './http/listen.ts';
import { createShellPrinter, type Printed } from './http/print.ts';
import { openRecords } from './open-records.ts';
import { parseArguments, type CoreArguments } from './options.ts';
import { chooseSession, type Choice } from './provisioning/choose-session.ts';
import { importPackage } from './provisioning/import-package.ts';
import { findPackage, rememberPackage } from './provisioning/package-folder.ts';
import { listPins } from './provisioning/package-trust.ts';
import { systemPlaceRoots } from './report/places.ts';
import { PRACTICE_PIN, startRehearsal, type Rehearsal } from './rehearsal/rehearsal.ts';
import { hasDatabase } from './store/database.ts';
import { lockFolder, type FolderLock } from './store/folder-lock.ts';
import { isRunning } from './sitting/machine.ts';
import { startStageWatch } from './stage-watch.ts';
import { cannotStart, IN_USE, type StartRefusal } from './start-refusals.ts';
import type { Store } from './store/store.ts';

/**
 * The core process. The only reader of command line, environment and files that configure it; everything below gets
 * what it needs as an argument. It speaks with the supervisor over the process channel and ends with it.
 */

const EXIT_BAD_INPUT = 2;
const EXIT_CANNOT_RUN = 3;
/** A fault of ours (EX_SOFTWARE of sysexits.h); the supervisor starts another core. */
const EXIT_FAULT = 70;
// The same from electron/core and from dist/core.
const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const VERSION = readVersion();

interface Running {
  /** Held for as long as this process runs; an object that nobody holds would be collected, and the folder be free. */
  lock: FolderLock;
  core: Core;
  rehearsal: Rehearsal | null;
  store: Store;
  /** The shell's answer to a print request. */
  printed(answer: Printed): void;
}

/** Begins with the start message, which names the folder. */
let log: CoreLog | null = null;

type StartMessage = Extract<ToCore, { type: 'start' }>;
type Outcome<T> =
  | { ok: true; running: T }
  | { ok: false; portTaken: true }
  | ({ ok: false; portTaken?: never } & StartRefusal);
type Started = Outcome<Running>;

async function startCore(message: StartMessage, channel: Channel): Promise<Started> {
  const parsed = parseArguments(message.argv, { cwd: process.cwd() });
  if (!parsed.ok) return { ok: false, sentence: parsed.sentence, exitStatus: EXIT_BAD_INPUT };
  const args = parsed.value;
  const dir = path.join(args.dataDir, args.packageFile === null ? 'rehearsal' : 'session');
  const logFile = path.join(dir, 'kiosk.log');
  log = createCoreLog(logFile);
  let lock: FolderLock | null = null;
  try {
    // A bad package must leave nothing behind, so it is read before any folder is made.
    const found =
      args.packageFile === null
        ? null
        : await findPackage({ file: args.packageFile, dataDir: args.dataDir, trustFile: args.trustFile });
    if (found && !found.ok && !found.before)
      return { ok: false, sentence: found.sentence, vi: found.vi, exitStatus: EXIT_BAD_INPUT };
    // One kiosk to a data folder, and before anything is written: two first starts would both make keys.
    lock = lockFolder(args.dataDir);
    if (!lock) return { ok: false, ...IN_USE };
    const started = await startSession({ args, dir, found, log, message, channel });
    if (started.ok) return { ok: true, running: { ...started.running, lock } };
    lock.release();
    return started;
  } catch (cause) {
    log.error('core_failed', cause);
    lock?.release();
    if (cause instanceof PortTaken) return { ok: false, portTaken: true };
    return { ok: false, ...cannotStart(cause, logFile) };
  }
}

async function startSession(start: {
  args: CoreArguments;
  dir: string;
  found: Awaited<ReturnType<typeof findPackage>> | null;
  log: CoreLog;
  message: StartMessage;
  channel: Channel;
}): Promise<Outcome<Omit<Running, 'lock'>>> {
  const { args, dir, found, log, message, channel } = start;
  const file = path.join(dir, 'kiosk.db');
  const keys = loadDeviceKeys(path.join(dir, 'keys'), { mayCreate: !hasDatabase(file) });
  if (!keys.ok) return { ok: false, sentence: keys.sentence, exitStatus: EXIT_CANNOT_RUN };
  const { databaseKey: kek, indexKey: index, device } = keys.value;
  const opened = openRecords({ file, keys: { kek, index, device: device.privateKey }, found });
  if (!opened.ok) return opened;
  const { store } = opened;
  let rehearsal: Rehearsal | null = null;
  const give = async (why: { sentence: string; vi?: string }): Promise<{ ok: false } & StartRefusal> => {
    await rehearsal?.stop();
    store.close();
    return { ok: false, sentence: why.sentence, ...(why.vi ? { vi: why.vi } : {}), exitStatus: EXIT_BAD_INPUT };
  };
  let choice: Choice;
  if (found)
    choice = await chooseSession(store, found, { restarted: message.port !== 0, allowed: args.allowedPackage });
  else {
    rehearsal = await beginRehearsal(args, dir, store);
    choice = await importRehearsal(store, rehearsal);
  }
  if (!choice.ok) return give(choice);
  const { packageId, insteadOf } = choice;
  const session = store.sessions.getSession(packageId);
  if (!session)
    return give({
      sentence: `Session package ${args.packageFile} is not there, and its session is no longer stored; plug the USB stick in again.`,
      vi: `Không thấy gói phiên ${args.packageFile} và phiên đó không còn trên máy; hãy cắm lại USB.`,
    });
  if (choice.read) log.info('package_imported', { packageId, provenance: choice.read.provenance });
  if (insteadOf !== null) log.info('package_file_bad', { packageId, why: insteadOf });
  const document = rehearsal?.document ?? choice.read?.document;
  if (document) await setFirstPins(new Pins(store, packageId), document.access);
  if (choice.read && args.packageFile) {
    try {
      const pins = listPins(store);
      rememberPackage({ file: args.packageFile, dataDir: args.dataDir, read: choice.read, pins });
    } catch (cause) {
      // Costs only a restart without the file.
      log.error('package_not_remembered', cause);
    }
  }
  const printer = createShellPrinter({ send: (wanted) => channel.send(wanted) });
  const core = await createCore({
    store,
    keys: keys.value,
    session,
    tokens: message.tokens,
    port: message.port,
    rendererDir: path.join(ROOT, 'dist', 'renderer'),
    shell: {
      show: (role) => channel.send({ type: 'show', role }),
      quit: () => channel.send({ type: 'quit' }),
      keepAwake: (on) => channel.send({ type: 'keep_awake', on }),
      print: printer.print,
    },
    log: {
      info: (event, facts) => log.info(event, facts),
      error: (event, cause) => log.error(event, cause),
    },
    documents: { fontsDir: findFonts(), places: systemPlaceRoots() },
    app: `venue-kiosk ${VERSION} (${message.shell})`,
    quarantinedTo: opened.quarantinedTo,
    alarms: insteadOf === null ? [] : ['package_file_bad'],
    ...(rehearsal ? { practicePin: PRACTICE_PIN } : {}),
  });
  return { ok: true, running: { core, rehearsal, store, printed: (answer) => printer.printed(answer) } };
}

async function importRehearsal(store: Store, { document, digest }: Rehearsal): Promise<Choice> {
  const imported = await importPackage(store, { document, provenance: 'rehearsal', keyId: null, digest });
  return imported.ok ? { ok: true, packageId: document.packageId, read: null, insteadOf: null } : imported;
}

/** As `package.json` has it, in a checkout and in an installed program. */
function readVersion(): string {
  return z.object({ version: z.string() }).parse(JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')))
    .version;
}

/** Next to the built core, or in the packages of a checkout. */
function findFonts(): string {
  const built = path.join(ROOT, 'dist', 'core', 'fonts');
  return existsSync(built) ? built : path.join(ROOT, 'node_modules', '@fontsource', 'tinos', 'files');
}

function beginRehearsal(args: CoreArguments, dir: string, store: Store): Promise<Rehearsal> {
  return startRehearsal({
    dir,
    mediaDir: path.join(ROOT, 'electron', 'core', 'rehearsal', 'media'),
    plan: args.rehearsal,
    now: () => store.clock.now(),
    finished: (packageId) => {
      const sittings = store.sittings.listSittings(packageId);
      return sittings.length > 0 && sittings.every((s) => s.state === 'delivered');
    },
  });
}

/** What nothing caught is written down and ends this core; the supervisor starts another, which finds all in its database. */
function endOnFaults(): void {
  const end = (cause: unknown): void => {
    if (log) log.error('core_fault', cause);
    else process.stderr.write(`${describeError(cause)}\n`);
    process.exit(EXIT_FAULT);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
  // A terminal that was closed is no fault.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

/** Has a silent stage opened again, and tells the shell whether the hall has a moving picture. */
function watchStage({ core }: Running, channel: Channel): { opened(): void; stop(): void } {
  let playing = false;
  return startStageWatch({
    now: () => performance.now(),
    shouldPlay: () => {
      const now = core.hall.evidence.current()?.state === 'playing';
      if (now !== playing) channel.send({ type: 'stage_playing', on: (playing = now) });
      const sitting = core.hall.sitting;
      return sitting !== null && isRunning(sitting.state);
    },
    heard: () => core.hall.evidence.current() !== null,
    restart: () => {
      log?.info('window_restart_asked', { role: 'stage' });
      channel.send({ type: 'restart_window', role: 'stage' });
    },
  });
}

function main(channel: Channel): void {
  let running: Running | null = null;
  let stage: { opened(): void; stop(): void } | null = null;
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    stage?.stop();
    await running?.core.stop();
    await running?.rehearsal?.stop();
    running?.store.close();
    running?.lock.release();
    process.exit(0);
  };
  channel.onGone(() => void stop());
  process.on('SIGTERM', () => void stop());
  // Ctrl+C reaches the whole process group; the supervisor decides.
  process.on('SIGINT', () => undefined);
  channel.onMessage((raw) => {
    const parsed = ToCore.safeParse(raw);
    if (!parsed.success) return log?.error('core_fault', parsed.error);
    const message = parsed.data;
    switch (message.type) {
      case 'start':
        void startCore(message, channel).then((started) => {
          if (!started.ok) {
            if (started.portTaken) return channel.send({ type: 'port_taken' });
            const { ok: _, portTaken: __, ...refusal } = started;
            channel.send({ type: 'refused', ...refusal });
            return;
          }
          running = started.running;
          stage = watchStage(running, channel);
          channel.send({ type: 'ready', port: running.core.port, version: VERSION });
        });
        break;
      case 'stop':
        void stop();
        break;
      case 'displays':
        running?.core.setDisplays(message.count);
        break;
      case 'woke':
        running?.core.woke();
        break;
      case 'printed':
        running?.printed(message);
        break;
      case 'window_restarted':
        log?.info('window_restarted', { role: message.role });
        if (message.role === 'stage') stage?.opened();
        break;
      case 'page_fault':
        log?.info('page_fault', { role: message.role, text: describePageFault(message.text) });
        break;
    }
  });
}

endOnFaults();
const channel = openChannel();
if (channel) main(channel);
else {
  process.stderr.write('The core is started by the kiosk: npm start\n');
  process.exitCode = EXIT_CANNOT_RUN;
}
