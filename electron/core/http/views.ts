import type {
  CommonView,
  ConsoleOpenView,
  ConsoleView,
  DeskView,
  SittingView,
  StageScene,
  StageView,
} from '../../contract/api.ts';
import type { ReportListItem } from '../../contract/api-report.ts';
import type { DeliveryStatus } from '../../contract/delivery.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import type { Access } from '../access/access.ts';
import { judgeSeen } from '../broadcast/seen-health.ts';
import { OLD_BROADCAST } from '../broadcast/watch-state.ts';
import type { Hall } from '../hall/hall.ts';
import type { Pc } from '../hall/pc.ts';
import type { Reports } from '../hall/reports.ts';
import { buildHallView } from './hall-view.ts';
import type { HelpCall } from './help-call.ts';
import { isOver, type HallSettings } from './settings.ts';
import type { StagePreview } from './stage-preview.ts';
import { assert } from '../../shared/result.ts';
import { bareVenueName } from '../../shared/venue-name.ts';

/** The stage tries the stream from this long before the scheduled start, seen or not. */
const TRY_BEFORE_START_MS = 60_000;

interface StageViewPorts {
  hall: Hall;
  preview: Pick<StagePreview, 'isWanted'>;
  help: HelpCall;
  settings: HallSettings;
  pc: Pc;
}

interface DeskViewPorts {
  hall: Hall;
  settings: HallSettings;
  help: HelpCall;
  pc: Pc;
}

interface ConsoleViewPorts {
  hall: Hall;
  reports: Reports;
  access: Access;
  settings: HallSettings;
  help: HelpCall;
  pc: Pc;
}

function commonView(hall: Hall, settings: HallSettings, pc: Pc): CommonView {
  const { document, provenance } = hall.session;
  const { sitting } = hall;
  return {
    now: hall.shownNow(),
    rehearsal: provenance === 'rehearsal',
    conference: document.conference.title,
    organiser: document.conference.organiser ?? null,
    // Screens write "Điểm cầu" before the name; many packages have it in the name already.
    venue: { id: document.venue.id, name: bareVenueName(document.venue.name) },
    address: document.address,
    hotline: document.hotline ?? null,
    sitting: sitting && sittingView(hall, sitting),
    identifyUntil: hall.shownAt(settings.identifyUntil),
    language: pc.settings.get('language'),
  };
}

function sittingView(hall: Pick<Hall, 'register'>, sitting: SittingRecord): SittingView {
  return {
    id: sitting.id,
    title: sitting.title,
    state: sitting.state,
    opensAt: sitting.opensAt,
    startsAt: sitting.startsAt,
    endsAt: sitting.endsAt,
    ending: sitting.endingAt !== null,
    endedAt: hall.register(sitting.id).shownAt(sitting.endedAt),
    endedBy: sitting.endedBy,
  };
}

export function buildStageView({ hall, settings, help, preview, pc }: StageViewPorts): StageView {
  const { document } = hall.session;
  const common = commonView(hall, settings, pc);
  const { sitting, plan, broadcast } = hall;
  const scene = sceneOf(hall, sitting, common.now);
  const next = hall.list().find((s) => s.state === 'prepared');
  const sound = settings.getSound();
  return {
    ...common,
    scene,
    sources: scene === 'broadcast' && plan && sitting ? broadcast.stageSources(sitting.id, plan.sources) : [],
    delaySeconds: broadcast.stageDelaySeconds,
    audioLanguage: document.playback.audioLanguage,
    afterOutage: broadcast.afterOutage.mode,
    resumeAtMs: hall.evidence.leftAtMs,
    cmcd: document.playback.cmcd,
    cmcdSessionId: sitting?.reportId ?? document.packageId,
    notice: settings.getNotice(sitting, document.stageNotice ?? null),
    sound: {
      deviceId: sound?.deviceId ?? null,
      deviceLabel: sound?.label ?? null,
      testToneAt: hall.shownAt(settings.testToneAt),
      ...settings.getVolume(),
    },
    preview: preview.isWanted,
    backToLive: settings.backToLive,
    topic:
      plan?.topics.findLast((t) => t.startsAt !== undefined && Date.parse(t.startsAt) <= common.now)?.title ?? null,
    nextSitting: next ? { title: next.title, startsAt: next.startsAt } : null,
    source: broadcast.state.health,
    displays: pc.displays,
    helpAskedAt: hall.shownAt(help.askedAt),
    clockWrong: pc.isClockWrong,
  };
}

function sceneOf(hall: Hall, sitting: SittingRecord | null, now: number): StageScene {
  if (!sitting) return 'closing';
  switch (sitting.state) {
    case 'prepared':
      return sitting.ordinal === 0 ? 'countdown' : 'break';
    case 'open': {
      const { health, lastFailure } = hall.broadcast.state;
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
      return hall.list().some((s) => s.state === 'prepared') ? 'break' : 'closing';
  }
}

export function buildDeskView({ hall, settings, help, pc }: DeskViewPorts): DeskView {
  const { document } = hall.session;
  const common = commonView(hall, settings, pc);
  const { sitting } = hall;
  assert(sitting, 'a package has sittings');
  const open = sitting.state === 'open' || sitting.state === 'live';
  const register = hall.register(sitting.id);
  const totals = register.getTotals();
  const calls = hall.secretary(sitting.id)?.listRollCalls() ?? [];
  const call = calls.find((each) => each.closedAt === null);
  return {
    ...common,
    largeLetters: pc.settings.get('largeLetters'),
    readAloud: pc.settings.get('readAloud'),
    open,
    opensAt: sitting.state === 'prepared' ? sitting.opensAt : null,
    // Of a roster, those on it; without one, everybody.
    signedIn: register.hasRoster ? totals.present : totals.came,
    summoned: totals.summoned,
    hasRoster: register.hasRoster,
    shortNotice: document.privacy.shortNotice ?? null,
    notice: document.privacy.notice,
    displays: pc.displays,
    rollCall: call ? { id: call.id, title: call.title } : null,
    helpAskedAt: hall.shownAt(help.askedAt),
  };
}

export function buildConsoleView(ports: ConsoleViewPorts): ConsoleView {
  const { hall, access, help } = ports;
  const { role } = access;
  return {
    ...commonView(hall, ports.settings, ports.pc),
    locked: role === null,
    pinMissing: access.pinMissing,
    practicePin: access.practicePin,
    role,
    lockedOutForMs: access.lockedOutForMs,
    helpAskedAt: hall.shownAt(help.askedAt),
    open: role === null ? null : buildOpenView(ports),
  };
}

/** How far the report of each sitting has come, for screens. */
export function listReports({
  hall,
  reports,
}: {
  hall: Pick<Hall, 'register'>;
  reports: Pick<Reports, 'list'>;
}): ReportListItem[] {
  return reports.list().map((each) => ({
    ...each,
    signedOffAt: hall.register(each.sittingId).shownAt(each.signedOffAt),
  }));
}

/** The courier's moments for screens; when the province received it is the province's own word. */
export function shownStatus(hall: Pick<Hall, 'shownAt'>, status: DeliveryStatus): DeliveryStatus {
  const { sealedAt, lastAttemptAt, nextAttemptAt } = status;
  return {
    ...status,
    sealedAt: hall.shownAt(sealedAt),
    lastAttemptAt: hall.shownAt(lastAttemptAt),
    nextAttemptAt: hall.shownAt(nextAttemptAt),
  };
}

function buildOpenView({ hall, reports, settings, pc }: ConsoleViewPorts): ConsoleOpenView {
  const { sitting, plan } = hall;
  const sittings = hall.list();
  const watch = hall.broadcast.state;
  const sample = hall.evidence.current();
  const evidence = sitting ? hall.evidence.getRecentEvidence(sitting.id) : null;
  const running = evidence?.interruptions.at(-1);
  const sound = settings.getSound();
  const hasSources = (plan?.sources.length ?? 0) > 0;
  const question = hall.conductor.endQuestion();
  const seen = judgeSeen(watch.health, sample?.state ?? null, {
    live: sitting?.state === 'live',
    open: sitting?.state === 'open',
    startsAt: sitting?.startsAt ?? 0,
    delayMs: hall.session.document.playback.delaySeconds * 1000,
    now: hall.now(),
  });
  return {
    provenance: hall.session.provenance,
    packageKeyId: hall.session.keyId,
    sittings: sittings.map((each) => sittingView(hall, each)),
    halls: sittings.map(({ id }) => buildHallView(hall, id)),
    reports: listReports({ hall, reports }),
    source: {
      health: sitting && isOver(sitting) && watch.health === 'none' && hasSources ? 'ended' : watch.health,
      host: watch.host,
      lastAdvanceAt: hall.shownAt(watch.lastAdvanceAt),
      lastFailure: watch.lastFailure,
      cause: seen === 'no_picture' ? hall.evidence.interruptionWord() : watch.cause,
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
      alarms: [...hall.evidence.listAlarms(), ...pc.alarms],
      sourceId: sample?.sourceId ?? null,
    },
    hallSettings: {
      ...settings.getVolume(),
      sources: (plan?.sources ?? []).map(({ id, url }) => ({ id, host: new URL(url).host })),
      chosen: sitting && hall.chosenSource.of(sitting.id),
    },
    evidence,
    interruption: running && running.to === null ? { since: hall.shownAt(running.from), cause: running.cause } : null,
    earlyEnd: question && { ...question, closesAt: hall.shownAt(question.closesAt) },
    afterOutage: sitting && sitting.state === 'live' ? hall.broadcast.afterOutage.question : null,
    noReceiver: hall.session.document.delivery.receiver === 'none',
    delivery: reports.listStatuses().map((status) => shownStatus(hall, status)),
    saving: reports.exports.getSaving(),
    clockOffsetMs: hall.clockWatch.offset?.ms ?? null,
    displays: pc.displays,
    notice: settings.getNotice(sitting, hall.session.document.stageNotice ?? null),
    soundTestedAt: hall.shownAt(settings.testToneAt),
    ...(sound ? { sound: { deviceId: sound.deviceId, deviceLabel: sound.label } } : {}),
    logHead: hall.logHead(),
  };
}
