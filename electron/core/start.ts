import path from 'node:path';
import { ToCore, type Opening } from '../contract/shell.ts';
import { openChannel, type Channel } from './channel.ts';
import { checkOnce } from './check-once.ts';
import type { Core } from './compose.ts';
import { createCoreLog, type CoreLog } from './core-log.ts';
import { describeError, describePageFault } from '../log/error-text.ts';
import { findTrial, removeTrial, trialDirOf, type TrialNote } from './lobby/trials.ts';
import { PortTaken } from './http/listen.ts';
import { parseArguments, type CoreArguments } from './options.ts';
import { findPackage } from './provisioning/package-folder.ts';
import { lockFolder, type FolderLock } from './store/folder-lock.ts';
import { isRunning } from './sitting/machine.ts';
import { startStageWatch } from './stage-watch.ts';
import { startWithoutPackage } from './start-lobby.ts';
import { cannotStart, EXIT_BAD_INPUT, EXIT_CANNOT_RUN, IN_USE } from './start-refusals.ts';
import { startSession } from './start-session.ts';
import { realDirOf, VERSION, type Outcome, type Running, type StartContext, type StartMessage } from './starting.ts';

/**
 * The core process. The only reader of command line, environment and files that configure it; everything below gets
 * what it needs as an argument. It speaks with the supervisor over the process channel and ends with it.
 */

/** A fault of ours (EX_SOFTWARE of sysexits.h); the supervisor starts another core. */
const EXIT_FAULT = 70;

/** Begins with the start message, which names the folder. */
let log: CoreLog | null = null;

async function startCore(message: StartMessage, channel: Channel): Promise<Outcome<Running>> {
  const parsed = parseArguments(message.argv, { cwd: process.cwd() });
  if (!parsed.ok) return { ok: false, sentence: parsed.sentence, exitStatus: EXIT_BAD_INPUT };
  const args = parsed.value;
  const way = chooseWay(message, args);
  const trialDir = trialDirOf(args.dataDir);
  const dir =
    way.kind === 'trial' ? trialDir : way.kind === 'rehearsal' ? path.join(args.dataDir, 'rehearsal') : realDirOf(args);
  const logFile = path.join(dir, 'kiosk.log');
  log = createCoreLog(logFile);
  let lock: FolderLock | null = null;
  try {
    // A bad package must leave nothing behind, so it is read before any folder is made.
    const { dataDir, trustFile } = args;
    const found = way.kind === 'package' ? await findPackage({ file: way.file, dataDir, trustFile }) : null;
    if (found && !found.ok && !found.before)
      return { ok: false, sentence: found.sentence, vi: found.vi, exitStatus: EXIT_BAD_INPUT };
    // One kiosk to a data folder, and before anything is written: two first starts would both make keys.
    lock = lockFolder(args.dataDir);
    if (!lock) return { ok: false, ...IN_USE };
    if (way.kind !== 'trial') dropTrial(trialDir, log);
    const context: StartContext = { args, dir, log, message, channel };
    const started = found
      ? await startSession(context, { kind: 'package', found })
      : way.kind === 'lobby'
        ? await startWithoutPackage(context, way.asked)
        : await startSession(context, way.kind === 'package' ? { kind: 'rehearsal' } : way);
    if (started.ok) {
      const opening = openingOf(way, message);
      return { ok: true, running: { args, ...(opening ? { opening: plain(opening) } : {}), ...started.running, lock } };
    }
    lock.release();
    return started;
  } catch (cause) {
    log.error('core_failed', cause);
    lock?.release();
    if (cause instanceof PortTaken) return { ok: false, portTaken: true };
    return { ok: false, ...cannotStart(cause, logFile) };
  }
}

type Way =
  | { kind: 'package'; file: string }
  | { kind: 'stored'; packageId: string }
  | { kind: 'trial'; note: TrialNote }
  | { kind: 'rehearsal' }
  | { kind: 'lobby'; asked: { refusal: { sentence: string; vi?: string | undefined } | null } | null };

/** What was chosen on a screen stands above the command line; without either, a kiosk without displays rehearses. */
function chooseWay({ opening, shell }: StartMessage, args: CoreArguments): Way {
  if (opening?.kind === 'lobby') return { kind: 'lobby', asked: { refusal: opening.refusal ?? null } };
  if (opening?.kind === 'session') return { kind: 'stored', packageId: opening.packageId };
  if (opening?.kind === 'trial') {
    // One that is over, or whose folder is gone, leads to the session itself: a core that comes back asks nobody.
    const note = findTrial(trialDirOf(args.dataDir), Date.now());
    return note?.packageId === opening.packageId
      ? { kind: 'trial', note }
      : { kind: 'stored', packageId: opening.packageId };
  }
  if (opening) return { kind: 'rehearsal' };
  if (args.packageFile !== null) return { kind: 'package', file: args.packageFile };
  const rehearses = args.isRehearsal || (shell === 'headless' && !args.isLobby && !args.check);
  return rehearses ? { kind: 'rehearsal' } : { kind: 'lobby', asked: null };
}

/** What the next core must be started in. */
function openingOf(way: Way, { opening }: StartMessage): Opening | undefined {
  return way.kind === 'stored' ? { kind: 'session', packageId: way.packageId } : opening;
}

/** What a trial left behind: after a power cut, or when it was over. It holds names. */
function dropTrial(dir: string, coreLog: CoreLog): void {
  try {
    removeTrial(dir);
  } catch (cause) {
    // At the next start.
    coreLog.error('trial_not_removed', cause);
  }
}

/** A reason is shown once, and not again after a core that came back. */
function plain(opening: Opening): Opening {
  return opening.kind === 'lobby' ? { kind: 'lobby' } : opening;
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
function watchStage(core: Core, channel: Channel): { opened(): void; stop(): void } {
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
    await running?.stop();
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
          const { hall, port, opening } = running;
          if (hall) stage = watchStage(hall, channel);
          channel.send({ type: 'ready', port, version: VERSION, ...(opening ? { opening } : {}) });
          const { check, json } = running.args;
          if (check) void checkOnce(hall, { json }).then((done) => channel.send({ type: 'checked', ...done }));
        });
        break;
      case 'stop':
        void stop();
        break;
      case 'displays':
        running?.setDisplays(message.count);
        break;
      case 'woke':
        running?.woke();
        break;
      case 'printed':
        running?.printed(message);
        break;
      case 'shell_facts':
        running?.answered?.(message);
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
