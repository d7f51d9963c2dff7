import type { SourceHealth } from '../../contract/broadcast.ts';
import type { SittingRecord } from '../../contract/sitting.ts';

/** What the conductor needs to see of the broadcast. */
export interface BroadcastView {
  health(): SourceHealth;
  /** The source that is watched has answered or failed at least once, or there is none. */
  sourceAsked(): boolean;
  /** A host has told the time, or the province was asked for it in vain. */
  timeAsked(): boolean;
  /** Centre's clock less ours, ms, as last measured, or that of another host; null when it is not known. */
  clockOffsetMs(): number | null;
  /** When ENDLIST was first seen, epoch ms. */
  endlistAt(): number | null;
  frameShown(sittingId: string): boolean;
  lastFrameShown(sittingId: string): boolean;
  /** The stage is connected, and the picture of this sitting moves. */
  stagePlaying(sittingId: string): boolean;
  delayMs(): number;
}

/** What the conductor needs of the province: its word on a sitting whose broadcast is gone. */
export interface ProvinceView {
  /** Asks about this sitting from now on, or about none. Called at every tick; may be called as often as one likes. */
  follow(sitting: SittingRecord | null): void;
  /** The province said "finished" of this sitting since it is asked about. */
  saysFinished(sittingId: string): boolean;
}

/** What came of moving a sitting by hand. */
export type Moved = { ok: true } | { ok: false; error: 'wrong_state' | 'other_running' };
