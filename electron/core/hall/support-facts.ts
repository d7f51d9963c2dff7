import os from 'node:os';
import type { CheckOutcome } from '../../contract/checks.ts';
import type { ShellFacts } from '../../contract/shell.ts';
import type { Hall } from './hall.ts';
import { mayCopyOnSticks } from './second-copy.ts';
import { hostOfProxy } from './proxy-address.ts';
import type { Pc } from './pc.ts';
import type { Store } from '../store/store.ts';

export interface SupportSources {
  store: Store;
  hall: Pick<Hall, 'session' | 'clockWatch' | 'broadcast'>;
  pc: Pick<Pc, 'alarms' | 'displays' | 'settings' | 'autostart'>;
  /** What the checks found, newest of each. */
  checks(): readonly CheckOutcome[];
  /** Null when the shell does not answer. */
  askShell(): Promise<ShellFacts | null>;
  /** Name and version of this program. */
  app: string;
}

const ACTIONS = 2_000;

/**
 * What stands in the support file beside the logs, by file name; each is made when it is asked for. Codes, numbers and moments alone: no
 * text that a person wrote.
 */
export async function* collectSupportFacts(sources: SupportSources): AsyncGenerator<[name: string, facts: unknown]> {
  const { store, hall, pc } = sources;
  const { packageId } = hall.session;
  const shell = await sources.askShell();
  yield ['versions.json', describeVersions(sources.app, shell)];
  yield [
    'machine.json',
    {
      displays: shell?.displays.map(({ width, height, scale, primary, shows }) => ({
        width,
        height,
        scale,
        primary,
        shows,
      })),
      windows: shell?.windows ?? null,
      displaysCounted: pc.displays,
      // Behind a colon stands what one is about, such as the name that somebody gave a disk.
      alarms: pc.alarms.map((code) => code.replace(/:.*$/su, '')),
      clockOffsetMs: hall.clockWatch.offset?.ms ?? null,
    },
  ];
  yield [
    'checks.json',
    {
      newest: sources.checks().map(toCheck),
      runs: store.checks.list(packageId).map(({ occasion, startedAt, finishedAt, outcomes }) => ({
        occasion,
        startedAt,
        finishedAt,
        outcomes: outcomes.map(toCheck),
      })),
    },
  ];
  yield ['records.json', describeStore(store)];
  yield ['settings.json', await describeSettings(sources)];
  yield ['session.json', describeSession(sources)];
  yield [
    'delivery.json',
    store.outbox.listStatuses(packageId).map(({ returnReason, receiptSerial, ...status }) => ({
      ...status,
      hasReceipt: receiptSerial !== null,
      isReturned: returnReason !== null,
    })),
  ];
  yield [
    'actions.json',
    store.settings
      .listActionsBetween(0, Number.MAX_SAFE_INTEGER)
      .slice(-ACTIONS)
      .map(({ at, actor, type }) => ({ at, actor, type })),
  ];
}

function describeVersions(app: string, shell: ShellFacts | null) {
  const { node, v8, openssl, modules, napi } = process.versions;
  return {
    app,
    node,
    v8,
    openssl,
    modules,
    napi,
    electron: process.versions['electron'] ?? null,
    system: `${os.platform()} ${os.release()} ${os.arch()}`,
    processors: os.cpus().length,
    processor: os.cpus()[0]?.model ?? null,
    memoryBytes: os.totalmem(),
    freeMemoryBytes: os.freemem(),
    systemUptimeS: Math.round(os.uptime()),
    coreUptimeS: Math.round(process.uptime()),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    browser: shell?.program ?? null,
  };
}

/** Numbers of what was found; names of files and devices stay here. */
function toCheck({ check, state, word, facts, at, tookMs }: CheckOutcome) {
  const numbers = Object.entries(facts).filter(([, value]) => typeof value === 'number');
  return { check, state, word, at, tookMs, numbers: Object.fromEntries(numbers) };
}

function describeStore(store: Store) {
  const { length, generation } = store.trust.describeJournal();
  const { unproven, journal, isRebuilt, rolledForward, brokenAt, keyedFrom } = store.trust.findings;
  const damaged: Record<string, number> = {};
  for (const { table } of store.listDamages()) damaged[table] = (damaged[table] ?? 0) + 1;
  return {
    ...store.describeRecords(),
    chain: store.verifyLog(),
    damaged,
    journal: { found: journal, lengthBytes: length, generation, isRebuilt, rolledForward, brokenAt, keyedFrom },
    rowsUnproven: unproven.length,
    secondCopy: store.trust.describeCopy(),
  };
}

async function describeSettings({ store, pc, hall }: SupportSources) {
  const proxy = pc.settings.get('proxy');
  return {
    language: pc.settings.get('language'),
    largeLetters: pc.settings.get('largeLetters'),
    readAloud: pc.settings.get('readAloud'),
    proxy: {
      use: proxy.use,
      host: proxy.use === 'address' ? hostOfProxy(proxy.address) : null,
      hasLogin: proxy.use === 'address' && proxy.login !== undefined,
    },
    proxyOfPackage: hall.session.document.delivery.proxy === undefined ? 'none' : 'set',
    autostart: await pc.autostart.read(),
    copiesOnSticks: mayCopyOnSticks(store),
  };
}

function describeSession({ store, hall }: SupportSources) {
  const { packageId, provenance, document } = hall.session;
  const { delivery, playback } = document;
  const { health, host, lastAdvanceAt, cause, missing } = hall.broadcast.state;
  return {
    packageId,
    provenance,
    issuedAt: document.issuedAt,
    people: store.people.listIds(packageId).size,
    units: document.units.length,
    playback,
    delivery: {
      receiver: delivery.receiver,
      host: delivery.endpoint === undefined ? null : new URL(delivery.endpoint).host,
      windowSeconds: delivery.windowSeconds,
    },
    source: { health, host, lastAdvanceAt, cause, missing },
    sittings: store.sittings.listSittings(packageId).map((sitting) => ({
      id: sitting.id,
      state: sitting.state,
      opensAt: sitting.opensAt,
      startsAt: sitting.startsAt,
      endsAt: sitting.endsAt,
      endedAt: sitting.endedAt,
      endedBy: sitting.endedBy,
      heights: store.playback.listHeights(sitting.id),
      playback: store.playback.listEvents(sitting.id).map(({ at, type, cause: why }) => ({ at, type, cause: why })),
    })),
  };
}
