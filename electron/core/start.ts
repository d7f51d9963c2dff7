import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { FromCore, ToCore } from '../contract/shell.ts';
import { loadDeviceKeys } from './access/device-keys.ts';
import { Pins, setFirstPins } from './access/pins.ts';
import { createCore, type Core } from './compose.ts';
import type { CoreLog } from './core-log.ts';
import { createShellPrinter, type Printed } from './http/print.ts';
import { createLogFile } from './log-file.ts';
import { parseArguments, type CoreArguments } from './options.ts';
import { chooseSession, type Choice } from './provisioning/choose-session.ts';
import { importPackage } from './provisioning/import-package.ts';
import { findPackage, rememberPackage } from './provisioning/package-folder.ts';
import { systemPlaceRoots } from './report/places.ts';
import { PRACTICE_PIN, startRehearsal, type Rehearsal } from './rehearsal/rehearsal.ts';
import { Store } from './store/store.ts';

/**
 * The core process. The only reader of command line, environment and files that configure it; everything below gets
 * what it needs as an argument. It speaks with the supervisor over the process channel and ends with it.
 */

const EXIT_BAD_INPUT = 2;
const EXIT_CANNOT_RUN = 3;
// The same from electron/core and from dist/core.
const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const VERSION = '0.1.0';

interface Channel {
  send(message: FromCore): void;
  onMessage(listener: (message: unknown) => void): void;
  onGone(listener: () => void): void;
}

/** Electron's utility process has a parent port; a Node child has an IPC channel. */
function openChannel(): Channel | null {
  const port = (
    process as {
      parentPort?: { postMessage(m: unknown): void; on(e: 'message', l: (e: { data: unknown }) => void): void };
    }
  ).parentPort;
  if (port) {
    return {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => port.on('message', (event) => listener(event.data)),
      // Electron ends its utility processes itself.
      onGone: () => undefined,
    };
  }
  if (!process.send) return null;
  return {
    send: (message) => {
      if (process.connected) process.send?.(message);
    },
    onMessage: (listener) => process.on('message', listener),
    onGone: (listener) => process.on('disconnect', listener),
  };
}

interface Running {
  core: Core;
  rehearsal: Rehearsal | null;
  store: Store;
  /** The shell's answer to a print request. */
  printed(answer: Printed): void;
}

type StartMessage = Extract<ToCore, { type: 'start' }>;
type Started = { ok: true; running: Running } | { ok: false; sentence: string; exitStatus: number };

async function startCore(message: StartMessage, channel: Channel): Promise<Started> {
  const parsed = parseArguments(message.argv, { cwd: process.cwd() });
  if (!parsed.ok) return { ok: false, sentence: parsed.sentence, exitStatus: EXIT_BAD_INPUT };
  const args = parsed.value;
  const dir = path.join(args.dataDir, args.packageFile === null ? 'rehearsal' : 'session');
  const log = createLog(dir);
  try {
    return await startSession(args, dir, log, message, channel);
  } catch (cause) {
    log.error('core_failed', cause);
    const sentence = `The kiosk cannot start (${cause instanceof Error ? cause.message : String(cause)}); look at the disk, then at ${path.join(dir, 'kiosk.log')}.`;
    return { ok: false, sentence, exitStatus: EXIT_CANNOT_RUN };
  }
}

async function startSession(
  args: CoreArguments,
  dir: string,
  log: CoreLog,
  message: StartMessage,
  channel: Channel,
): Promise<Started> {
  // A bad package must leave nothing behind, so it is read before any folder is made.
  const found =
    args.packageFile === null
      ? null
      : await findPackage({ file: args.packageFile, dataDir: args.dataDir, trustFile: args.trustFile });
  if (found && !found.ok && !found.before) return { ok: false, sentence: found.sentence, exitStatus: EXIT_BAD_INPUT };

  const file = path.join(dir, 'kiosk.db');
  const keys = loadDeviceKeys(path.join(dir, 'keys'), { mayCreate: !existsSync(file) });
  if (!keys.ok) return { ok: false, sentence: keys.sentence, exitStatus: EXIT_CANNOT_RUN };
  const opened = Store.open({ file, keys: { kek: keys.value.databaseKey, index: keys.value.indexKey } });
  if (!opened.ok) return { ok: false, sentence: storeSentence(opened, file), exitStatus: EXIT_CANNOT_RUN };
  const { store } = opened;
  let rehearsal: Rehearsal | null = null;
  const give = async (sentence: string): Promise<Started> => {
    await rehearsal?.stop();
    store.close();
    return { ok: false, sentence, exitStatus: EXIT_BAD_INPUT };
  };
  let choice: Choice;
  if (found) choice = await chooseSession(store, found, message.port !== 0);
  else {
    rehearsal = await beginRehearsal(args, dir, store);
    choice = await importRehearsal(store, rehearsal);
  }
  if (!choice.ok) return give(choice.sentence);
  const { packageId, insteadOf } = choice;
  const session = store.sessions.getSession(packageId);
  if (!session)
    return give(
      `Session package ${args.packageFile} is not there, and its session is no longer stored; plug the USB stick in again.`,
    );
  if (insteadOf !== null) log.info('package_file_bad', { packageId, why: insteadOf });
  const document = rehearsal?.document ?? choice.read?.document;
  if (document) await setFirstPins(new Pins(store, packageId), document.access);
  if (choice.read && args.packageFile) {
    try {
      rememberPackage({ file: args.packageFile, dataDir: args.dataDir, read: choice.read });
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
      error: (event, cause) => {
        store.makeRoom(cause);
        log.error(event, cause);
      },
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

/** Beside the built core, or in the packages of a checkout. */
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

function storeSentence(failure: Exclude<ReturnType<typeof Store.open>, { ok: true }>, file: string): string {
  switch (failure.error) {
    case 'newer_database':
      return `The records in ${file} were written by a newer kiosk (format ${failure.found}, this one knows ${failure.known}); install the newer version.`;
    case 'in_use':
      return `Another kiosk is running with ${file}; close it first.`;
    case 'cannot_open':
      return `The records in ${file} cannot be opened (${failure.detail}); check the disk and the rights of this folder.`;
  }
}

/** JSON lines. Names of people never enter. */
function createLog(dir: string): CoreLog {
  const logger = pino({ base: null }, createLogFile(path.join(dir, 'kiosk.log')));
  return {
    info: (event, facts) => logger.info({ event, ...facts }),
    error: (event, cause) =>
      logger.error({ event, error: cause instanceof Error ? (cause.stack ?? cause.message) : String(cause) }),
  };
}

function main(channel: Channel): void {
  let running: Running | null = null;
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await running?.core.stop();
    await running?.rehearsal?.stop();
    running?.store.close();
    process.exit(0);
  };
  channel.onGone(() => void stop());
  process.on('SIGTERM', () => void stop());
  // Ctrl+C reaches the whole process group; the supervisor decides.
  process.on('SIGINT', () => undefined);
  channel.onMessage((raw) => {
    const message = ToCore.parse(raw);
    switch (message.type) {
      case 'start':
        void startCore(message, channel).then((started) => {
          if (!started.ok) {
            channel.send({ type: 'refused', sentence: started.sentence, exitStatus: started.exitStatus });
            return;
          }
          running = started.running;
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
        break;
    }
  });
}

const channel = openChannel();
if (channel) main(channel);
else {
  process.stderr.write('The core is started by the kiosk: npm start\n');
  process.exitCode = EXIT_CANNOT_RUN;
}
