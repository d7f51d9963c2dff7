import type {
  CommonView,
  ConsoleOpenView,
  ConsoleView,
  DeskView,
  SittingView,
  StageScene,
  StageView,
} from '../../contract/api.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import { judgeSeen } from '../broadcast/seen-health.ts';
import { OLD_BROADCAST } from '../broadcast/watch-state.ts';
import { buildHallView } from './hall-view.ts';
import type { HelpCall } from './help-call.ts';
import type { Kiosk } from './kiosk.ts';
import type { HallSettings } from './settings.ts';

/** The stage tries the stream from this long before the scheduled start, seen or not. */
const TRY_BEFORE_START_MS = 60_000;

function commonView(kiosk: Kiosk): CommonView {
  const { document, provenance } = kiosk.session;
  const sitting = kiosk.conductor.current;
  return {
    now: kiosk.store.clock.now(),
    rehearsal: provenance === 'rehearsal',
    conference: document.conference.title,
    organiser: document.conference.organiser ?? null,
    // Screens write "Điểm cầu" before the name; many packages have it in the name already.
    venue: { id: document.venue.id, name: document.venue.name.replace(/^điểm cầu\s+/iu, '') },
    address: document.address,
    hotline: document.hotline ?? null,
    sitting: sitting && sittingView(sitting),
  };
}

function sittingView(sitting: SittingRecord): SittingView {
  return {
    id: sitting.id,
    title: sitting.title,
    state: sitting.state,
    opensAt: sitting.opensAt,
    startsAt: sitting.startsAt,
    endsAt: sitting.endsAt,
    ending: sitting.endingAt !== null,
    endedAt: sitting.endedAt,
    endedBy: sitting.endedBy,
  };
}

export function buildStageView(kiosk: Kiosk, settings: HallSettings): StageView {
  const { document } = kiosk.session;
  const common = commonView(kiosk);
  const sitting = kiosk.conductor.current;
  const plan = sitting && kiosk.conductor.planOf(sitting);
  const scene = sceneOf(kiosk, sitting, common.now);
  const next = kiosk.conductor.list().find((s) => s.state === 'prepared');
  const sound = settings.getSound();
  return {
    ...common,
    scene,
    sources:
      scene === 'broadcast' && plan
        ? plan.sources.map((source) => ({ id: source.id, url: kiosk.addressOf(source) }))
        : [],
    delaySeconds: document.playback.delaySeconds,
    audioLanguage: document.playback.audioLanguage,
    afterOutage: document.playback.afterOutage,
    cmcd: document.playback.cmcd,
    cmcdSessionId: sitting?.reportId ?? document.packageId,
    notice: settings.getNotice() ?? document.stageNotice ?? null,
    sound: { deviceId: sound?.deviceId ?? null, deviceLabel: sound?.label ?? null, testToneAt: settings.testToneAt },
    backToLive: settings.backToLive,
    topic:
      plan?.topics.findLast((t) => t.startsAt !== undefined && Date.parse(t.startsAt) <= common.now)?.title ?? null,
    nextSitting: next ? { title: next.title, startsAt: next.startsAt } : null,
    source: kiosk.watch().health,
    displays: kiosk.displays(),
  };
}

function sceneOf(kiosk: Kiosk, sitting: SittingRecord | null, now: number): StageScene {
  if (!sitting) return 'closing';
  switch (sitting.state) {
    case 'prepared':
      return sitting.ordinal === 0 ? 'countdown' : 'break';
    case 'open': {
      const { health, lastFailure } = kiosk.watch();
      if (health === 'live' || health === 'ended' || health === 'stale') return 'broadcast';
      // The morning's broadcast may still stand on the server when the afternoon opens.
      if (lastFailure === OLD_BROADCAST) return 'countdown';
      return now >= sitting.startsAt - TRY_BEFORE_START_MS ? 'broadcast' : 'countdown';
    }
    case 'live':
      return 'broadcast';
    case 'ended':
    case 'sealed':
    case 'delivered':
    case 'amended':
      return kiosk.conductor.list().some((s) => s.state === 'prepared') ? 'break' : 'closing';
  }
}

export function buildDeskView(kiosk: Kiosk): DeskView {
  const { document } = kiosk.session;
  const common = commonView(kiosk);
  const sitting = kiosk.conductor.current;
  const open = sitting?.state === 'open' || sitting?.state === 'live';
  const register = kiosk.register();
  const totals = register.getTotals();
  const call = sitting ? kiosk.store.attendance.listRollCalls(sitting.id).find((r) => r.closedAt === null) : undefined;
  return {
    ...common,
    open,
    opensAt: sitting?.state === 'prepared' ? sitting.opensAt : null,
    // Of a roster, those on it; without one, everybody.
    signedIn: register.hasRoster ? totals.present : totals.inHall,
    summoned: totals.summoned,
    hasRoster: register.hasRoster,
    shortNotice: document.privacy.shortNotice ?? null,
    notice: document.privacy.notice,
    displays: kiosk.displays(),
    rollCall: call ? { id: call.id, title: call.title } : null,
  };
}

export function buildConsoleView(kiosk: Kiosk, settings: HallSettings, help: HelpCall): ConsoleView {
  const role = kiosk.access.role;
  return {
    ...commonView(kiosk),
    locked: role === null,
    pinMissing: !kiosk.pins.isSet('technician'),
    practicePin: kiosk.practicePin,
    role,
    lockedOutForMs: kiosk.pins.lockedOutForMs(),
    helpAskedAt: help.askedAt,
    open: role === null ? null : buildOpenView(kiosk, settings),
  };
}

function isOver(sitting: SittingRecord): boolean {
  return sitting.state !== 'prepared' && sitting.state !== 'open' && sitting.state !== 'live';
}

function buildOpenView(kiosk: Kiosk, settings: HallSettings): ConsoleOpenView {
  const sitting = kiosk.conductor.current;
  const watch = kiosk.watch();
  const sample = kiosk.evidence.current();
  const evidence = sitting ? kiosk.evidence.getRecentEvidence(sitting.id) : null;
  const running = evidence?.interruptions.at(-1);
  const sound = settings.getSound();
  const hasSources = sitting !== null && kiosk.conductor.planOf(sitting).sources.length > 0;
  const seen = judgeSeen(watch.health, sample?.state ?? null, {
    live: sitting?.state === 'live',
    open: sitting?.state === 'open',
    startsAt: sitting?.startsAt ?? 0,
    delayMs: kiosk.session.document.playback.delaySeconds * 1000,
    now: kiosk.store.clock.now(),
  });
  return {
    provenance: kiosk.session.provenance,
    packageKeyId: kiosk.session.keyId,
    sittings: kiosk.conductor.list().map(sittingView),
    totals: kiosk.register().getTotals(),
    units: kiosk.register().listUnits(),
    source: {
      health: sitting && isOver(sitting) && watch.health === 'none' && hasSources ? 'ended' : watch.health,
      host: watch.host,
      lastAdvanceAt: watch.lastAdvanceAt,
      lastFailure: watch.lastFailure,
      cause: seen === 'no_picture' ? kiosk.evidence.interruptionWord() : watch.cause,
      seen,
      missing: watch.missing,
    },
    stage: {
      connected: sample !== null,
      state: sample?.state ?? null,
      delayS: sample?.delayS ?? null,
      bufferS: sample?.bufferS ?? null,
      heightPx: sample?.heightPx ?? null,
      muted: sample?.muted ?? false,
      audioLevel: sample?.audioLevel ?? null,
      alarms: [...kiosk.evidence.listAlarms(), ...kiosk.alarms],
    },
    evidence,
    interruption: running && running.to === null ? { since: running.from, cause: running.cause } : null,
    earlyEnd: kiosk.conductor.endQuestion(),
    delivery: kiosk.store.outbox.listStatuses(kiosk.session.packageId),
    saving: kiosk.exports.getSaving(),
    clockOffsetMs: watch.clockOffsetMs,
    displays: kiosk.displays(),
    notice: settings.getNotice(),
    ...(sound ? { sound: { deviceId: sound.deviceId, deviceLabel: sound.label } } : {}),
    logHead: kiosk.store.attendance.getLogHead().head.slice(0, 8),
    hall: buildHallView(kiosk),
  };
}
