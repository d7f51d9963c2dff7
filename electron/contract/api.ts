import { z } from 'zod';
import type { HallView, OtherSitting } from './api-attendance.ts';
import type { PersonCard } from './api-person.ts';
import { Method } from './attendance.ts';
import type { AfterOutageView, Evidence, FaultCause, PlayerState, SourceHealth } from './broadcast.ts';
import { PlaybackEvent, PlaybackSample } from './broadcast.ts';
import { SittingId } from './common.ts';
import type { ChecksSummary, DecodeTrial } from './checks.ts';
import type { ReportListItem, SavingView } from './api-report.ts';
import type { DeliveryStatus } from './delivery.ts';
import type { EndedBy, SittingState } from './sitting.ts';
import type { Provenance } from './session-package.ts';
import type { LobbyView } from './api-lobby.ts';
import { HallRole } from './shell.ts';

/**
 * What windows ask and what the core sends them. One snapshot type per window, pushed whole over SSE whenever it changed:
 * a window that missed ten pushes is right again after the eleventh. Moments are epoch milliseconds of the core's clock;
 * `now` lets a window correct its own.
 */

/** Facts every window shows. */
export interface CommonView {
  now: number;
  rehearsal: boolean;
  conference: string;
  organiser: string | null;
  venue: { id: string; name: string };
  address: 'dong_chi' | 'ong_ba';
  hotline: string | null;
  sitting: SittingView | null;
  /** Every window shows the number of its display until then; null when nobody asked. */
  identifyUntil: number | null;
  /** As set for this PC. */
  language: 'vi' | 'en';
}

export interface SittingView {
  id: string;
  title: string;
  state: SittingState;
  opensAt: number;
  startsAt: number;
  endsAt: number;
  /** The broadcast is over, the last frames are still on screen; `endedBy` says who ended it. */
  ending: boolean;
  endedAt: number | null;
  endedBy: EndedBy | null;
}

/** What the stage should show now; the stage itself adds the slate for a picture that stalls. */
export type StageScene =
  /** Before a sitting: countdown to the start. */
  | 'countdown'
  /** Playing, or trying to. */
  | 'broadcast'
  /** Between two sittings. */
  | 'break'
  /** After the last sitting. */
  | 'closing';

export interface StageView extends CommonView {
  scene: StageScene;
  /** Ordered stream addresses for the current or next sitting. */
  sources: { id: string; url: string }[];
  delaySeconds: number;
  /** Language of the sound where the broadcast has several, two letters. */
  audioLanguage: string;
  afterOutage: 'complete' | 'in_step';
  /** Programme date-time, epoch ms, at which a stage that was closed or crashed left the picture; the next one begins there. */
  resumeAtMs?: number | null;
  cmcd: 'off' | 'query' | 'headers';
  cmcdSessionId: string;
  notice: string | null;
  sound: {
    deviceId: string | null;
    deviceLabel: string | null;
    testToneAt: number | null;
    /** Of the broadcast, 0 to 100. */
    volume: number;
    muted: boolean;
  };
  /** Somebody looks at the stage on the console: it sends small pictures of itself. */
  preview: boolean;
  /** Bumped by "back to live": the stage jumps to the edge less the smallest safe delay. */
  backToLive: number;
  /** Topic on now, from the timetable. */
  topic: string | null;
  nextSitting: { title: string; startsAt: number } | null;
  source: SourceHealth;
  displays: number;
  /** Sources to decode out of sight, for the checks before the hour. */
  trial?: DecodeTrial | null;
  /** As on the desk, for a PC whose one display the stage covers. */
  helpAskedAt: number | null;
  /** The clock of this PC is wrong, or looks so: what the slate says of the time may be wrong too. */
  clockWrong?: boolean;
}

export interface DeskView extends CommonView {
  largeLetters: boolean;
  /** Sign-in is possible now. */
  open: boolean;
  /** When sign-in opens, while it is not open yet. */
  opensAt: number | null;
  signedIn: number;
  summoned: number;
  hasRoster: boolean;
  shortNotice: string | null;
  notice: string;
  displays: number;
  /** A roll call after the first is running: signing in confirms presence. */
  rollCall: { id: string; title: string } | null;
  /** Somebody asked for the secretary at this moment and nobody has come yet. */
  helpAskedAt: number | null;
}

/** What a command answers when it has nothing to say but that it was done. */
export type Done = { ok: true };

export type SearchAnswer =
  | { ok: true; people: PersonCard[]; more: boolean }
  | { ok: false; error: 'query_too_short' | 'no_roster' }
  | OtherSitting;

/** The outcomes of a sign-in; each has its own colour, icon, word and sound. */
export type SignInAnswer =
  | {
      ok: true;
      /** `confirmed`: had signed in before, and is present again: in a later roll call, or back after having left. */
      outcome: 'signed_in' | 'confirmed';
      person: PersonCard;
      at: number;
      late: boolean;
      lateMinutes: number;
      /** How many are here by now; for `confirmed`, how many were confirmed in this roll call. */
      ordinal: number;
      /** The roll call confirmed; absent otherwise. */
      rollCall?: { id: string; title: string };
    }
  | { ok: false; error: 'already_signed_in'; person: PersonCard; firstAt: number }
  | { ok: false; error: 'not_on_list' }
  | { ok: false; error: 'wrong_venue'; venueHint: string | null }
  | { ok: false; error: 'unreadable' }
  | { ok: false; error: 'not_open'; opensAt: number | null }
  | { ok: false; error: 'closed' }
  | OtherSitting;

/** What the desk does belongs to the sitting of its view. */
export const SearchInput = z.strictObject({ sittingId: SittingId, query: z.string().max(100) });
/** The public desk never acts as the secretary. */
const DeskMethod = Method.exclude(['secretary', 'paper']);
export type DeskMethod = z.infer<typeof DeskMethod>;
export const SignInInput = z.strictObject({
  sittingId: SittingId,
  personId: z.string().min(1).max(80),
  method: DeskMethod,
});
/** `at`: when help was first asked for and not answered yet. */
export type AskHelpAnswer = { ok: true; at: number };

export type ConsoleRole = 'technician' | 'chair';

export interface ConsoleView extends CommonView {
  locked: boolean;
  /** No PIN exists yet: the first visitor sets one. */
  pinMissing: boolean;
  /** Shown on the lock screen of a rehearsal only. */
  practicePin: string | null;
  role: ConsoleRole | null;
  /** Milliseconds until the next PIN try of any role is taken; 0 when one of them is free. */
  lockedOutForMs: number;
  /** Somebody at the desk asked for the secretary at this moment; null after the console answered. */
  helpAskedAt?: number | null;
  /** Absent while locked. */
  open: ConsoleOpenView | null;
}

export interface ConsoleOpenView {
  provenance: Provenance;
  /** Reports go nowhere: they are saved by hand. */
  noReceiver?: boolean;
  /** This is a trial of the loaded session; it ends by itself then, epoch ms. */
  trialUntil?: number;
  packageKeyId: string | null;
  sittings: SittingView[];
  /** People of every sitting of the package, in the order of `sittings`. */
  halls: HallView[];
  /** Reports of every sitting, in the order of `sittings`. */
  reports: ReportListItem[];
  source: {
    health: SourceHealth;
    /** Which address the watcher reads, host only. */
    host: string | null;
    lastAdvanceAt: number | null;
    lastFailure: string | null;
    /** What is wrong by its word in the table of causes (electron/shared/causes.ts); null while nothing is. */
    cause: string | null;
    /** `no_picture`: the list moves on and the stage that should play shows nothing; `plays_on`: the other way round. */
    seen: 'agrees' | 'no_picture' | 'plays_on';
    /** What the stream lacks of what the centre must provide; stable codes. */
    missing: string[];
  };
  stage: {
    connected: boolean;
    state: PlayerState | null;
    delayS: number | null;
    bufferS: number | null;
    heightPx: number | null;
    muted: boolean;
    audioLevel: number | null;
    /** Alarms now: stable codes; behind a colon what one is about, such as the name of a disk. */
    alarms: string[];
    /** The source that is on screen. */
    sourceId: string | null;
  };
  /** What the console sets of the hall's picture and sound. `chosen`: the source put first by hand; null: automatic. */
  hallSettings: {
    volume: number;
    muted: boolean;
    sources: { id: string; host: string }[];
    chosen: string | null;
  };
  evidence: Evidence | null;
  interruption: { since: number; cause: FaultCause } | null;
  /**
   * A question about the end: `endlist`, the centre ended well before the timetable says; `next_due`, the next sitting should
   * open and this one still runs. Closes by itself at `closesAt` unless somebody objects; null: only a person decides.
   */
  earlyEnd: { reason: 'endlist' | 'next_due'; closesAt: number | null } | null;
  /** The choice after an outage longer than the delay; null while there is none to make. */
  afterOutage?: AfterOutageView | null;
  delivery: DeliveryStatus[];
  /** Documents being written now. */
  saving?: SavingView | null;
  clockOffsetMs: number | null;
  displays: number;
  /** The line at the foot of the hall's screen now, from here or from the package. */
  notice: string | null;
  /** When the newest test tone was played, epoch milliseconds; null for none since the start. */
  soundTestedAt: number | null;
  /** No recovery code was made for the records of this PC yet. */
  wantsRecoveryCode?: boolean;
  /** The loudspeaker chosen for the hall, so that the console can show it again. */
  sound?: { deviceId: string | null; deviceLabel: string | null };
  logHead: string | null;
  /** The checks before the hour; absent where no run can be made. */
  checks?: ChecksSummary;
}

export const SittingInput = z.strictObject({ sittingId: SittingId });
export type MoveSittingAnswer = { ok: true } | { ok: false; error: 'wrong_state' | 'other_running' };
/** The answer to the question about the end of this sitting. */
export const EarlyEndInput = z.strictObject({ sittingId: SittingId, close: z.boolean() });
export type EarlyEndAnswer = { ok: true } | { ok: false; error: 'nothing_asked' };
/** What the hall does after an outage longer than its delay: goes on where it stopped, or with the usual delay. */
export const AfterOutageInput = z.strictObject({ sittingId: SittingId, choice: z.enum(['complete', 'in_step']) });
export type AfterOutageAnswer = { ok: true } | { ok: false; error: 'nothing_asked' };
/** Ends with the sitting, or with the break after it, that it was written in. */
export const NoticeInput = z.strictObject({ sittingId: SittingId, text: z.string().max(300) });
export type NoticeAnswer = Done | OtherSitting;
export type BackToLiveAnswer = Done | OtherSitting;
export const SoundInput = z.strictObject({ deviceId: z.string().max(300), label: z.string().max(300) });
export const VolumeInput = z.strictObject({ volume: z.int().min(0).max(100), muted: z.boolean() });
/** For the rest of this sitting; null: automatic, in the order of the province. */
export const SourceInput = z.strictObject({ sittingId: SittingId, sourceId: z.string().min(1).max(80).nullable() });
export type SourceAnswer = { ok: true } | { ok: false; error: 'no_such_source' } | OtherSitting;
/** A small JPEG of the stage, base64. */
export const PreviewInput = z.strictObject({ jpeg: z.base64().max(60_000) });
/** The newest picture and when it was taken; `jpeg` null until the stage has sent one. */
export type PreviewAnswer = { ok: true; jpeg: string | null; at: number | null };
export const ShowInput = z.strictObject({ role: HallRole });
export const FreshAddressInput = z.strictObject({ sourceId: z.string().min(1).max(80) });
/** `url` null: there is none to be had. */
export type FreshAddressAnswer = { ok: true; url: string | null };
export const ReportInput = z.strictObject({ reportId: z.uuid(), revision: z.int().min(1) });

export { PlaybackEvent, PlaybackSample };

/** Typed events of the SSE streams. */
export interface PushEvents {
  stage: StageView;
  desk: DeskView;
  console: ConsoleView;
  lobby: LobbyView;
}
