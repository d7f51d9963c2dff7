import type { CheckFacts, CheckId, CheckWord, DecodedSource } from '../../contract/checks.ts';
import type { ProvinceCheck } from '../../contract/api-report.ts';
import type { ShellFacts } from '../../contract/shell.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import type { Egress } from '../network/egress.ts';
import type { NetworkOptions } from '../network/dispatcher.ts';
import type { HallFacts } from '../report/sealer.ts';
import type { SessionRecord } from '../store/session-store.ts';
import type { Machine } from './machine.ts';
import type { PersonAnswers } from './person-answers.ts';

/** What the network checks use: connections of their own, so that nothing is answered by one that is open already. */
export interface CheckNetwork extends NetworkOptions {
  /** Somebody set on this PC by which proxy, or by none. */
  isChosen?: boolean;
  egress: Egress;
  /** Addresses of a name, by the resolver of the system. Rejects as Node's does. */
  resolveName: (name: string) => Promise<unknown>;
}

/** What is stored, as far as a check asks for it. */
export interface CheckRecords {
  isPinSet(role: 'technician' | 'chair'): boolean;
  /** Of everybody on the list now; `listAt` is when it was last issued or brought in, epoch ms. */
  roster(): { hasRoster: boolean; summoned: number; damaged: number; listAt: number };
  /** Pairs on the list that may be one person each. */
  countDoubles(): Promise<number>;
  hallFacts(): HallFacts;
  /** Stable codes of what is wrong with this PC. */
  alarms(): readonly string[];
}

/** What the hall shows now. */
export interface CheckStage {
  /** The stage plays this sitting: then the line carries it, and nothing more is fetched. */
  isPlaying(): boolean;
  isSoundDeviceLost(): boolean;
  /** Name of the chosen loudspeaker; null for the standard one. */
  soundDevice(): string | null;
  /** Has the stage decode a piece of each source, out of sight; null when no stage answers. */
  decode(sources: readonly { id: string; url: string }[], signal: AbortSignal): Promise<DecodedSource[] | null>;
}

/** Everything that checks look at. Made new for each run. */
export interface CheckContext {
  /** Of the PC's clock, epoch ms. */
  now: () => number;
  /** Aborted when the check has used up its time, or the kiosk ends. */
  signal: AbortSignal;
  session: SessionRecord;
  /** The sitting the hall is in; null for none. */
  sitting: SittingRecord | null;
  /** Its stream sources with the addresses that they have now. */
  sources: readonly { id: string; url: string }[];
  network: CheckNetwork;
  /** The existing check of the way to the province, with the method that reports use. */
  checkProvince: (signal: AbortSignal) => Promise<ProvinceCheck & { methodBlocked: boolean }>;
  stage: CheckStage;
  records: CheckRecords;
  answers: PersonAnswers;
  /** What the shell says of displays and windows; null where it does not answer. */
  shell: ShellFacts | null;
  machine: Machine;
  /** Folder of the database. */
  dataDir: string;
}

/** What a check found: one of its words, and what stands in its sentence. */
export interface Found<C extends CheckId = CheckId> {
  word: CheckWord<C>;
  facts?: CheckFacts;
}

/** One check. It may throw and may take its time: then it counts as not done, which is red. */
export interface Check<C extends CheckId = CheckId> {
  id: C;
  /** Longer than most, ms. */
  limitMs?: number;
  run(context: CheckContext): Found<C> | Promise<Found<C>>;
}

export type AnyCheck = { [C in CheckId]: Check<C> }[CheckId];
