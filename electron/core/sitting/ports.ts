import type { SourceHealth } from '../../contract/broadcast.ts';
import type { Clock } from '../../contract/clock.ts';
import type { SittingPlan } from '../../contract/session-package.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import type { Store } from '../store/store.ts';
import type { Rules } from './machine.ts';

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

export interface ConductorOptions {
  store: Store;
  /** The PC's clocks; a test moves its own and calls `tick`. */
  clock: Clock;
  packageId: string;
  plans: readonly SittingPlan[];
  broadcast: BroadcastView;
  province: ProvinceView;
  /** The current sitting changed: another one, or another state of it. */
  onStep(sitting: SittingRecord): void;
  /** A tick failed (the disk is full, say); the next one tries again. */
  onError(cause: unknown): void;
  /** The rules of a sitting's life; a test puts wrong ones in to see that they are noticed. */
  rules?: Rules;
}
