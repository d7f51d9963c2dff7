import { DisplaySwap } from './display-swap.ts';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { readPcKey } from './access/pc-key.ts';
import { Pins, setFirstPins } from './access/pins.ts';
import { alarmOfCopies } from './alarm-of-copies.ts';
import { createCore } from './compose.ts';
import { createShellPrinter } from './http/print.ts';
import { rememberSession } from './lobby/stored-sessions.ts';
import { trialDirOf, type TrialNote } from './lobby/trials.ts';
import { openRecords } from './open-records.ts';
import { findCopies, SecondCopy } from './hall/second-copy.ts';
import { loadKeys } from './load-keys.ts';
import type { CoreArguments } from './options.ts';
import { chooseSession, type Choice } from './provisioning/choose-session.ts';
import { importPackage } from './provisioning/import-package.ts';
import { rememberPackage, type FindOutcome } from './provisioning/package-folder.ts';
import { listPins } from './provisioning/package-trust.ts';
import { systemPlaceRoots } from './report/places.ts';
import { systemPrinters } from './report/printing/system-printers.ts';
import { PRACTICE_PIN, startRehearsal, type Rehearsal } from './rehearsal/rehearsal.ts';
import { createShellAsker } from './shell-asker.ts';
import { EXIT_BAD_INPUT, type StartRefusal } from './start-refusals.ts';
import { findMachine, realDirOf, ROOT, VERSION, type Outcome, type Running, type StartContext } from './starting.ts';
import type { Store } from './store/store.ts';

/** What a core with a session is made of: a package file that was found, a session in the records, or a rehearsal. */
export type SessionSource =
  | { kind: 'package'; found: FindOutcome }
  | { kind: 'stored'; packageId: string }
  | { kind: 'trial'; note: TrialNote }
  | { kind: 'rehearsal' };

/** Opens the records of this kind of session and starts the core around it. */
export async function startSession(
  context: StartContext,
  source: SessionSource,
): Promise<Outcome<Omit<Running, 'lock' | 'args'>>> {
  const { args, dir, log, message, channel } = context;
  const trial = source.kind === 'trial' ? source.note : null;
  const keys = loadKeys(dir, log, trial ? realDirOf(args) : dir);
  if (!keys.ok) return keys;
  const found = source.kind === 'package' ? source.found : null;
  const places = systemPlaceRoots();
  // A core that comes back in the middle of a sitting does not wait for a stick.
  const isReal = source.kind === 'package' || source.kind === 'stored';
  const wantsCopies = isReal && message.port === 0;
  const copies = wantsCopies ? await findCopies(dir, places) : null;
  const opened = openRecords({ ...keys.records, found: toFound(source), copies: copies?.files ?? [] });
  copies?.drop();
  if (!opened.ok) return opened;
  const { store } = opened;
  let rehearsal: Rehearsal | null = null;
  const give = async (why: { sentence: string; vi?: string }): Promise<{ ok: false } & StartRefusal> => {
    await rehearsal?.stop();
    store.close();
    return { ok: false, sentence: why.sentence, ...(why.vi ? { vi: why.vi } : {}), exitStatus: EXIT_BAD_INPUT };
  };
  let choice: Choice;
  if (source.kind === 'package')
    choice = await chooseSession(store, source.found, { restarted: message.port !== 0, allowed: args.allowedPackage });
  else if (source.kind !== 'rehearsal')
    choice = { ok: true, packageId: storedIdOf(source), read: null, insteadOf: null };
  else {
    rehearsal = await beginRehearsal(args, dir, store);
    choice = await importRehearsal(store, rehearsal);
  }
  if (!choice.ok) return give(choice);
  const { packageId, insteadOf } = choice;
  const session = store.sessions.getSession(packageId);
  if (!session) return give(describeGone(source, args.packageFile));
  if (choice.read) log.info('package_imported', { packageId, provenance: choice.read.provenance });
  if (insteadOf !== null) log.info('package_file_bad', { packageId, why: insteadOf });
  const document = rehearsal?.document ?? choice.read?.document;
  if (document) await setFirstPins(new Pins(store, packageId), document.access);
  if (found && choice.read && args.packageFile) {
    try {
      const pins = listPins(store);
      rememberPackage({ file: args.packageFile, dataDir: args.dataDir, read: choice.read, pins });
    } catch (cause) {
      // Costs only a restart without the file.
      log.error('package_not_remembered', cause);
    }
  }
  if (isReal) noteSession(context, store, packageId);
  const displays = new DisplaySwap(args.dataDir, (on) => channel.send({ type: 'swap_displays', on }));
  displays.announce();
  const shellAsker = createShellAsker((question) => channel.send(question));
  const printer = createShellPrinter({ send: (wanted) => channel.send(wanted) });
  const core = await createCore({
    store,
    keys: keys.keys,
    session,
    tokens: message.tokens,
    port: message.port,
    rendererDir: path.join(ROOT, 'dist', 'renderer'),
    shell: {
      show: (role) => channel.send({ type: 'show', role }),
      quit: () => channel.send({ type: 'quit' }),
      keepAwake: (on) => channel.send({ type: 'keep_awake', on }),
      swapDisplays: () => displays.toggle(),
      open: (opening) => channel.send({ type: 'open', opening }),
      machine: findMachine(args),
      settingsDir: args.dataDir,
      settingsKey: readPcKey(realDirOf(args)),
      print: printer.print,
      facts: shellAsker.ask,
    },
    dataDir: dir,
    ...(args.cacheGb > 0
      ? { cache: { root: path.join(dir, 'broadcast-cache'), limitBytes: args.cacheGb * 1024 ** 3 } }
      : {}),
    log: {
      info: (event, facts) => log.info(event, facts),
      error: (event, cause) => log.error(event, cause),
    },
    documents: { fontsDir: findFonts(), places, printers: systemPrinters() },
    app: `venue-kiosk ${VERSION} (${message.shell})`,
    quarantinedTo: opened.quarantinedTo,
    alarms: [...(insteadOf === null ? [] : ['package_file_bad']), ...keys.alarms],
    ...(rehearsal || (trial && (await lendPin(store, packageId))) ? { practicePin: PRACTICE_PIN } : {}),
    ...(isReal ? { trialDir: trialDirOf(args.dataDir) } : {}),
    trial,
  });
  const copy = isReal ? new SecondCopy(store, places, undefined, (cause) => log.error('copy_failed', cause)) : null;
  if (copy) alarmOfCopies(copy, core.pc);
  return {
    ok: true,
    running: {
      hall: core,
      port: core.port,
      setDisplays: (count) => core.setDisplays(count),
      woke: () => core.woke(),
      printed: (answer) => printer.printed(answer),
      answered: shellAsker.answered,
      stop: async () => {
        copy?.stop();
        await core.stop();
        await rehearsal?.stop();
        store.close();
      },
    },
  };
}

/** As it was asked for by a path, for what must know whether the session can be read. */
function toFound(source: SessionSource): FindOutcome | null {
  if (source.kind === 'rehearsal') return null;
  return source.kind === 'package' ? source.found : { ok: true, read: null, packageId: storedIdOf(source) };
}

function storedIdOf(source: Extract<SessionSource, { kind: 'stored' | 'trial' }>): string {
  return source.kind === 'stored' ? source.packageId : source.note.packageId;
}

/** A PIN that somebody set in a trial would be gone after it: a session without one shows that of rehearsals. True when it was lent. */
async function lendPin(store: Store, packageId: string): Promise<boolean> {
  const pins = new Pins(store, packageId);
  if (pins.isSet('technician')) return false;
  await pins.setPin('technician', PRACTICE_PIN);
  return true;
}

/** On a full disk the next start finds the session all the same, by its sittings. */
function noteSession({ log }: StartContext, store: Store, packageId: string): void {
  try {
    rememberSession(store, packageId);
  } catch (cause) {
    log.error('package_not_remembered', cause);
  }
}

function describeGone(source: SessionSource, file: string | null): { sentence: string; vi: string } {
  if (source.kind === 'stored')
    return {
      sentence: `Session ${source.packageId} is no longer stored on this PC; load its package again.`,
      vi: `Phiên ${source.packageId} không còn trên máy; hãy nạp lại gói phiên.`,
    };
  return {
    sentence: `Session package ${file} is not there, and its session is no longer stored; plug the USB stick in again.`,
    vi: `Không thấy gói phiên ${file} và phiên đó không còn trên máy; hãy cắm lại USB.`,
  };
}

async function importRehearsal(store: Store, { document, digest }: Rehearsal): Promise<Choice> {
  const imported = await importPackage(store, { document, provenance: 'rehearsal', keyId: null, digest });
  return imported.ok ? { ok: true, packageId: document.packageId, read: null, insteadOf: null } : imported;
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
