import { z } from 'zod';
import type { TrialRefusal } from './api-lobby.ts';

/** Settings of this PC, on the console: whether it starts by itself, and leaving for another session. */

/** Whether the kiosk starts with this user's desktop. `broken`: an entry is there, and its program is not. */
export type AutostartState = 'on' | 'off' | 'broken' | 'unknown';

export interface SettingsChange {
  /** Epoch ms. */
  at: number;
  actor: string;
  what: 'autostart' | 'stick_copies' | 'sound' | 'set_pin' | 'change_session' | 'trial';
  /** For a switch, what it was set to. */
  on: boolean | null;
}

export interface SettingsAnswer {
  ok: true;
  autostart: AutostartState;
  /** Host and port of the proxy that the package of this session names; null for none. */
  proxy: string | null;
  /** Copies of the records are written on sticks that are plugged in. */
  stickCopies: boolean;
  /** Newest first. */
  changes: SettingsChange[];
}

/** Of this switch and of that of the copies on sticks. */
export const AutostartInput = z.strictObject({ on: z.boolean() });
/** `state`: as it was found after writing. */
export type AutostartAnswer = { ok: true; state: AutostartState } | { ok: false; error: 'not_written' };

/** `sure`: said a second time, while a sitting is running. */
export const ChangeSessionInput = z.strictObject({ pin: z.string().max(20), sure: z.boolean().default(false) });
export type ChangeSessionAnswer =
  | { ok: true }
  | { ok: false; error: 'sitting_running' }
  | { ok: false; error: 'wrong_pin' | 'locked_out'; retryAfterMs: number };

/** A trial of the session that is open, begun on the console. */
export type BeginTrialAnswer = { ok: true } | { ok: false; error: 'technician_only' | 'is_trial' } | TrialRefusal;
export type EndTrialAnswer = { ok: true } | { ok: false; error: 'no_trial' };
