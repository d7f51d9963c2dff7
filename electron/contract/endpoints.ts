import { z } from 'zod';
import {
  AddPersonInput,
  BrowseInput,
  CancelRollCallInput,
  ExcuseInput,
  HeadCountInput,
  LeftInput,
  ListPeopleInput,
  OpenRollCallInput,
  PersonInput,
  ScanInput,
  SecretarySignInInput,
  TakeBackInput,
  SignInManyInput,
  TestScanInput,
  UndoInput,
  UndoManyInput,
  type AddPersonAnswer,
  type BrowseAnswer,
  type CancelRollCallAnswer,
  type ChangeAnswer,
  type CloseRollCallsAnswer,
  type ExcuseAnswer,
  type HeadCountAnswer,
  type HistoryAnswer,
  type PaperListAnswer,
  type PeopleAnswer,
  type RollCallAnswer,
  type RollCallPreviewAnswer,
  type TakeBackAnswer,
  type SignInManyAnswer,
  type UndoAnswer,
  type UndoManyAnswer,
} from './api-attendance.ts';
import {
  CheckRecoveryInput,
  SaveRecoveryInput,
  type SaveRecoveryAnswer,
  type CheckRecoveryAnswer,
  type MakeRecoveryAnswer,
  type RecoveryStateAnswer,
} from './api-keys.ts';
import { PRINTER_ENDPOINTS } from './api-print.ts';
import {
  RemarksInput,
  ReopenInput,
  ReportViewInput,
  SaveInput,
  SealAmendmentInput,
  SignOffInput,
  type AmendAnswer,
  type AskProvinceAnswer,
  type CheckProvinceAnswer,
  type PlacesAnswer,
  type RemarksAnswer,
  type ReportListAnswer,
  type ReportViewAnswer,
  type SaveAnswer,
  type SealAmendmentAnswer,
  type SignOffAnswer,
} from './api-report.ts';
import { ROSTER_MERGE_ENDPOINTS } from './api-roster-merge.ts';
import {
  RosterConfirmInput,
  RosterPreviewInput,
  RosterRestoreInput,
  RosterRowsInput,
  RosterTemplateInput,
  RosterUndoInput,
  type FilesAnswer,
  type RosterConfirmAnswer,
  type RosterPackageListAnswer,
  type RosterRestoreAnswer,
  type RosterPreviewAnswer,
  type RosterRowsAnswer,
  type RosterTemplateAnswer,
  type RosterUndoAnswer,
} from './api-roster.ts';
import type { ScannerTestAnswer } from './api-scanner.ts';
import type { TimelineAnswer } from './api-timeline.ts';
import { CheckAnswerInput, DecodedInput, type ChecksViewAnswer, type RunChecksAnswer } from './checks.ts';
import {
  AfterOutageInput,
  EarlyEndInput,
  FreshAddressInput,
  NoticeInput,
  PlaybackEvent,
  PlaybackSample,
  PreviewInput,
  ReportInput,
  SearchInput,
  ShowInput,
  SignInInput,
  SittingInput,
  SoundInput,
  SourceInput,
  VolumeInput,
  type AfterOutageAnswer,
  type AskHelpAnswer,
  type BackToLiveAnswer,
  type Done,
  type EarlyEndAnswer,
  type FreshAddressAnswer,
  type MoveSittingAnswer,
  type NoticeAnswer,
  type PreviewAnswer,
  type SearchAnswer,
  type SignInAnswer,
  type SourceAnswer,
} from './api.ts';
import { SetPinInput, UnlockInput, type SetPinAnswer, type UnlockAnswer } from './api-pin.ts';
import {
  CreateSessionInput,
  FetchPackageInput,
  LoadPackageInput,
  OpenStoredInput,
  PreviewPackageInput,
  QuitLobbyInput,
  TrySessionInput,
  TryStreamInput,
  type CreateSessionAnswer,
  type FetchPackageAnswer,
  type LoadPackageAnswer,
  type LobbyFilesAnswer,
  type OpenStoredAnswer,
  type PreviewPackageAnswer,
  type QuitLobbyAnswer,
  type TrySessionAnswer,
  type TryStreamAnswer,
} from './api-lobby.ts';
import { SETTINGS_ENDPOINTS } from './api-settings.ts';
import { SaveSupportInput, type SaveSupportAnswer } from './api-support.ts';
import { SaveCertificateInput, type RetentionAnswer, type SaveCertificateAnswer } from './retention.ts';
import type { WindowRole } from './shell.ts';

/**
 * The one table of what windows ask of the core: `window/path` → what goes in and what comes out. The server's routes, the
 * windows' client and the tests' client are derived from it. Each is a POST of one JSON object to `/<window>/api/<path>`.
 */

interface Endpoint {
  /** Checked by the server; what is not in it is refused. */
  input: z.ZodType;
  /** Only its type counts: an answer comes from our own core and is not checked again. */
  answer: z.ZodType;
  /** `open_console`: refused with `locked` unless a PIN was entered. */
  needs?: 'open_console';
  /** `session_data`: refused with `data_destroyed` when the time of the session's personal data is over. */
  writes?: 'session_data';
}

const Nothing = z.strictObject({});
const needs = 'open_console' as const;
const writes = 'session_data' as const;

export const ENDPOINTS = {
  'stage/playback': { input: PlaybackSample, answer: z.custom<Done>() },
  'stage/playback-event': { input: PlaybackEvent, answer: z.custom<Done>() },
  'stage/fresh-address': { input: FreshAddressInput, answer: z.custom<FreshAddressAnswer>() },
  'stage/decoded': { input: DecodedInput, answer: z.custom<Done>() },
  'stage/preview': { input: PreviewInput, answer: z.custom<Done>() },
  'stage/show': { input: ShowInput, answer: z.custom<Done>() },

  'desk/search': { input: SearchInput, answer: z.custom<SearchAnswer>() },
  'desk/browse': { input: BrowseInput, answer: z.custom<BrowseAnswer>() },
  'desk/sign-in': { input: SignInInput, answer: z.custom<SignInAnswer>() },
  'desk/scan': { input: ScanInput, answer: z.custom<SignInAnswer>() },
  'desk/take-back': { input: TakeBackInput, answer: z.custom<TakeBackAnswer>() },
  'desk/ask-help': { input: Nothing, answer: z.custom<AskHelpAnswer>() },
  'desk/help-done': { input: Nothing, answer: z.custom<Done>() },
  'desk/show': { input: ShowInput, answer: z.custom<Done>() },

  'console/unlock': { input: UnlockInput, answer: z.custom<UnlockAnswer>() },
  'console/set-pin': { input: SetPinInput, answer: z.custom<SetPinAnswer>() },
  'console/show': { input: ShowInput, answer: z.custom<Done>() },
  'console/lock': { needs, input: Nothing, answer: z.custom<Done>() },
  'console/stay-open': { needs, input: Nothing, answer: z.custom<Done>() },
  'console/open-sitting': { needs, writes, input: SittingInput, answer: z.custom<MoveSittingAnswer>() },
  'console/end-sitting': { needs, writes, input: SittingInput, answer: z.custom<MoveSittingAnswer>() },
  'console/reopen-sitting': { needs, writes, input: ReopenInput, answer: z.custom<MoveSittingAnswer>() },
  'console/early-end': { needs, writes, input: EarlyEndInput, answer: z.custom<EarlyEndAnswer>() },
  'console/notice': { needs, writes, input: NoticeInput, answer: z.custom<NoticeAnswer>() },
  'console/sound': { needs, input: SoundInput, answer: z.custom<Done>() },
  'console/test-tone': { needs, input: Nothing, answer: z.custom<Done>() },
  'console/volume': { needs, input: VolumeInput, answer: z.custom<Done>() },
  'console/source': { needs, input: SourceInput, answer: z.custom<SourceAnswer>() },
  'console/stage-preview': { needs, input: Nothing, answer: z.custom<PreviewAnswer>() },
  'console/identify-displays': { needs, input: Nothing, answer: z.custom<Done>() },
  'console/swap-displays': { needs, input: Nothing, answer: z.custom<Done>() },
  'console/back-to-live': { needs, input: SittingInput, answer: z.custom<BackToLiveAnswer>() },
  'console/after-outage': { needs, input: AfterOutageInput, answer: z.custom<AfterOutageAnswer>() },
  'console/send-now': { needs, input: ReportInput, answer: z.custom<Done>() },
  'console/quit': { needs, input: Nothing, answer: z.custom<Done>() },
  'console/checks/view': { needs, input: Nothing, answer: z.custom<ChecksViewAnswer>() },
  'console/checks/run': { needs, input: Nothing, answer: z.custom<RunChecksAnswer>() },
  'console/checks/answer': { needs, input: CheckAnswerInput, answer: z.custom<Done>() },
  'console/people/list': { needs, input: ListPeopleInput, answer: z.custom<PeopleAnswer>() },
  'console/people/history': { needs, input: PersonInput, answer: z.custom<HistoryAnswer>() },
  'console/people/sign-in': { needs, writes, input: SecretarySignInInput, answer: z.custom<ChangeAnswer>() },
  'console/people/sign-in-many': { needs, writes, input: SignInManyInput, answer: z.custom<SignInManyAnswer>() },
  'console/people/paper-list': { needs, input: SittingInput, answer: z.custom<PaperListAnswer>() },
  'console/people/add': { needs, writes, input: AddPersonInput, answer: z.custom<AddPersonAnswer>() },
  'console/people/left': { needs, writes, input: LeftInput, answer: z.custom<ChangeAnswer>() },
  'console/people/excuse': { needs, writes, input: ExcuseInput, answer: z.custom<ExcuseAnswer>() },
  'console/people/undo': { needs, writes, input: UndoInput, answer: z.custom<UndoAnswer>() },
  'console/people/undo-many': { needs, writes, input: UndoManyInput, answer: z.custom<UndoManyAnswer>() },
  'console/people/roll-call/open': { needs, writes, input: OpenRollCallInput, answer: z.custom<RollCallAnswer>() },
  'console/people/roll-call/preview': { needs, input: SittingInput, answer: z.custom<RollCallPreviewAnswer>() },
  'console/people/roll-call/cancel': {
    needs,
    writes,
    input: CancelRollCallInput,
    answer: z.custom<CancelRollCallAnswer>(),
  },
  'console/people/roll-call/close': { needs, writes, input: SittingInput, answer: z.custom<CloseRollCallsAnswer>() },
  'console/people/head-count': { needs, writes, input: HeadCountInput, answer: z.custom<HeadCountAnswer>() },
  'console/people/help/clear': { needs, input: Nothing, answer: z.custom<Done>() },
  'console/people/scanner-test': { needs, input: TestScanInput, answer: z.custom<ScannerTestAnswer>() },
  'console/roster/files': { needs, input: Nothing, answer: z.custom<FilesAnswer>() },
  'console/roster/preview': { needs, input: RosterPreviewInput, answer: z.custom<RosterPreviewAnswer>() },
  'console/roster/rows': { needs, input: RosterRowsInput, answer: z.custom<RosterRowsAnswer>() },
  'console/roster/confirm': { needs, writes, input: RosterConfirmInput, answer: z.custom<RosterConfirmAnswer>() },
  'console/roster/undo': { needs, writes, input: RosterUndoInput, answer: z.custom<RosterUndoAnswer>() },
  'console/roster/package-list': { needs, input: Nothing, answer: z.custom<RosterPackageListAnswer>() },
  'console/roster/restore': { needs, writes, input: RosterRestoreInput, answer: z.custom<RosterRestoreAnswer>() },
  ...ROSTER_MERGE_ENDPOINTS,
  'console/roster/template': { needs, input: RosterTemplateInput, answer: z.custom<RosterTemplateAnswer>() },
  'console/keys/state': { needs, input: Nothing, answer: z.custom<RecoveryStateAnswer>() },
  'console/keys/make-code': { needs, input: Nothing, answer: z.custom<MakeRecoveryAnswer>() },
  'console/keys/save-sheet': { needs, input: SaveRecoveryInput, answer: z.custom<SaveRecoveryAnswer>() },
  'console/keys/check-code': { needs, input: CheckRecoveryInput, answer: z.custom<CheckRecoveryAnswer>() },
  'console/keys/retention': { needs, input: Nothing, answer: z.custom<RetentionAnswer>() },
  'console/keys/save-certificate': { needs, input: SaveCertificateInput, answer: z.custom<SaveCertificateAnswer>() },
  'console/report/list': { needs, input: Nothing, answer: z.custom<ReportListAnswer>() },
  'console/report/view': { needs, input: ReportViewInput, answer: z.custom<ReportViewAnswer>() },
  'console/report/timeline': { needs, input: SittingInput, answer: z.custom<TimelineAnswer>() },
  'console/report/places': { needs, input: Nothing, answer: z.custom<PlacesAnswer>() },
  'console/report/save': { needs, input: SaveInput, answer: z.custom<SaveAnswer>() },
  'console/report/remarks': { needs, writes, input: RemarksInput, answer: z.custom<RemarksAnswer>() },
  'console/report/sign-off': { needs, writes, input: SignOffInput, answer: z.custom<SignOffAnswer>() },
  'console/report/amend': { needs, writes, input: SittingInput, answer: z.custom<AmendAnswer>() },
  'console/report/amend/cancel': { needs, writes, input: SittingInput, answer: z.custom<AmendAnswer>() },
  'console/report/amend/seal': { needs, writes, input: SealAmendmentInput, answer: z.custom<SealAmendmentAnswer>() },
  'console/report/ask-province': { needs, input: SittingInput, answer: z.custom<AskProvinceAnswer>() },
  'console/report/check-province': { needs, input: Nothing, answer: z.custom<CheckProvinceAnswer>() },

  ...PRINTER_ENDPOINTS,

  ...SETTINGS_ENDPOINTS,

  'console/support/save': { needs, input: SaveSupportInput, answer: z.custom<SaveSupportAnswer>() },

  'lobby/preview': { input: PreviewPackageInput, answer: z.custom<PreviewPackageAnswer>() },
  'lobby/load': { input: LoadPackageInput, answer: z.custom<LoadPackageAnswer>() },
  'lobby/fetch': { input: FetchPackageInput, answer: z.custom<FetchPackageAnswer>() },
  'lobby/create': { input: CreateSessionInput, answer: z.custom<CreateSessionAnswer>() },
  'lobby/roster/files': { input: Nothing, answer: z.custom<LobbyFilesAnswer>() },
  'lobby/roster/preview': { input: RosterPreviewInput, answer: z.custom<RosterPreviewAnswer>() },
  'lobby/roster/rows': { input: RosterRowsInput, answer: z.custom<RosterRowsAnswer>() },
  'lobby/try-stream': { input: TryStreamInput, answer: z.custom<TryStreamAnswer>() },
  'lobby/open': { input: OpenStoredInput, answer: z.custom<OpenStoredAnswer>() },
  'lobby/try-session': { input: TrySessionInput, answer: z.custom<TrySessionAnswer>() },
  'lobby/rehearse': { input: Nothing, answer: z.custom<Done>() },
  'lobby/quit': { input: QuitLobbyInput, answer: z.custom<QuitLobbyAnswer>() },
} as const satisfies Record<`${WindowRole}/${string}`, Endpoint>;

/** What is not a question with an answer: GET `/<window>/api/<path>`. Pushed views, and the relay of the broadcast. */
export const STREAMS = ['stage/events', 'desk/events', 'console/events', 'lobby/events', 'stage/stream'] as const;

type Table = typeof ENDPOINTS;
export type Path = keyof Table;
/** Every path of one window, or of several. */
export type PathOf<R extends WindowRole> = Extract<Path, `${R}/${string}`>;

/** What a caller writes; fields with a default may be left out. */
export type InputOf<P extends Path> = z.input<Table[P]['input']>;
/** What a handler receives: checked, defaults filled in. */
export type CheckedInputOf<P extends Path> = z.output<Table[P]['input']>;
/** What a handler answers. */
export type AnswerOf<P extends Path> = z.output<Table[P]['answer']>;

/** What the server answers before any handler: a body outside the schema, a console that is locked, a session whose data is gone. */
export type Refusal<P extends Path> =
  | { ok: false; error: 'invalid_input'; field: string }
  | (Table[P] extends { needs: 'open_console' } ? { ok: false; error: 'locked' } : never)
  | (Table[P] extends { writes: 'session_data' } ? { ok: false; error: 'data_destroyed' } : never);
