import { loadKeys } from './load-keys.ts';
import { readPcKey } from './access/pc-key.ts';
import path from 'node:path';
import { createLobbyCore } from './compose-lobby.ts';
import { DisplaySwap } from './display-swap.ts';
import { findSessionToGoOn } from './lobby/stored-sessions.ts';
import { findCopies } from './hall/second-copy.ts';
import { openRecordsAsTheyAre } from './open-records.ts';
import { readKeys } from './provisioning/package-folder.ts';
import { systemPlaceRoots } from './report/places.ts';
import { EXIT_BAD_INPUT } from './start-refusals.ts';
import { startSession } from './start-session.ts';
import { findMachine, realDirOf, ROOT, VERSION, type Outcome, type Running, type StartContext } from './starting.ts';

/**
 * A start that names no session: goes on with the one that is not finished and asks nothing, else shows the start screen.
 * `asked`: a person wants the start screen, whatever there is to go on with.
 */
export async function startWithoutPackage(
  context: StartContext,
  asked: { refusal: { sentence: string; vi?: string | undefined } | null } | null,
): Promise<Outcome<Omit<Running, 'lock' | 'args'>>> {
  const { args, dir, log, message, channel } = context;
  if (args.trustFile !== null) {
    const known = readKeys(args);
    if (!known.ok) return { ok: false, sentence: known.sentence, vi: known.vi, exitStatus: EXIT_BAD_INPUT };
  }
  const keys = loadKeys(dir, log);
  if (!keys.ok) return keys;
  const copies = message.port === 0 ? await findCopies(dir, systemPlaceRoots()) : null;
  const opened = openRecordsAsTheyAre({ ...keys.records, copies: copies?.files ?? [] });
  copies?.drop();
  if (!opened.ok) return opened;
  const { store, quarantinedTo } = opened;
  const goOn = asked ? null : findSessionToGoOn(store);
  if (goOn !== null) {
    store.close();
    const started = await startSession(context, { kind: 'stored', packageId: goOn });
    // A core that comes back is in the same session, also when its last report has been delivered meanwhile.
    return started.ok
      ? { ok: true, running: { ...started.running, opening: { kind: 'session', packageId: goOn } } }
      : started;
  }
  new DisplaySwap(args.dataDir, (on) => channel.send({ type: 'swap_displays', on })).announce();
  const core = await createLobbyCore({
    store,
    records: dir,
    keys: keys.keys,
    tokens: message.tokens,
    port: message.port,
    rendererDir: path.join(ROOT, 'dist', 'renderer'),
    dataDir: args.dataDir,
    trustFile: args.trustFile,
    shell: {
      open: (opening) => channel.send({ type: 'open', opening }),
      quit: () => channel.send({ type: 'quit' }),
      machine: findMachine(args),
      settingsDir: args.dataDir,
      settingsKey: readPcKey(realDirOf(args)),
    },
    log,
    places: systemPlaceRoots(),
    app: `venue-kiosk ${VERSION} (${message.shell})`,
    refusal: asked?.refusal ?? null,
    quarantinedTo,
    alarms: keys.alarms,
  });
  return {
    ok: true,
    running: {
      hall: null,
      port: core.port,
      opening: { kind: 'lobby' },
      setDisplays: () => undefined,
      woke: () => core.woke(),
      printed: () => undefined,
      stop: async () => {
        await core.stop();
        store.close();
      },
    },
  };
}
