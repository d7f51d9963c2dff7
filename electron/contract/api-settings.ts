import { z } from 'zod';
import type { TrialRefusal } from './api-lobby.ts';

/** Settings of this PC, on the console: how it looks, how it reaches the network, whether it starts by itself, and leaving for another session. */

/** Language of all windows until somebody there chooses the other. */
export const UiLanguage = z.enum(['vi', 'en']);

/** By which proxy requests leave: what the package of the session says, none, or this one, with name and password if it needs them. */
export const ProxyChoice = z.discriminatedUnion('use', [
  z.strictObject({ use: z.literal('package') }),
  z.strictObject({ use: z.literal('none') }),
  z.strictObject({
    use: z.literal('address'),
    /** `proxy.example:3128` or an http(s) URL. */
    address: z.string().max(300),
    /** Empty or absent: it wants none. */
    name: z.string().max(200).optional(),
    password: z.string().max(200).optional(),
  }),
]);
export type ProxyChoice = z.infer<typeof ProxyChoice>;

/** Whether the kiosk starts with this user's desktop. `broken`: an entry is there, and its program is not. */
export type AutostartState = 'on' | 'off' | 'broken' | 'unknown';

export interface SettingsChange {
  /** Epoch ms. */
  at: number;
  actor: string;
  what:
    | 'autostart'
    | 'language'
    | 'large_letters'
    | 'read_aloud'
    | 'proxy'
    | 'stick_copies'
    | 'sound'
    | 'swap_displays'
    | 'set_pin'
    | 'change_session'
    | 'trial';
  /** For a switch, what it was set to. */
  on: boolean | null;
  /** The language, `package` or `none` for the proxy, or its host and port. */
  to: string | null;
}

/** Host and port, without name and password; null for none. */
export interface ProxySetting {
  use: ProxyChoice['use'];
  /** One that was set here has a name and a password, which are never shown. */
  hasLogin: boolean;
  /** That requests of this session go by. */
  used: string | null;
  ofPackage: string | null;
}

export interface SettingsAnswer {
  ok: true;
  autostart: AutostartState;
  language: z.infer<typeof UiLanguage>;
  /** The desk begins with larger letters for each person. */
  largeLetters: boolean;
  /** The desk says each outcome, where this PC has a Vietnamese voice. */
  readAloud: boolean;
  proxy: ProxySetting;
  /** Copies of the records are written on sticks that are plugged in. */
  stickCopies: boolean;
  /** Newest first. */
  changes: SettingsChange[];
}

export const LanguageInput = z.strictObject({ language: UiLanguage });
/** `sure`: said a second time, of a proxy through which nothing came. */
export const ProxyInput = z.strictObject({ choice: ProxyChoice, sure: z.boolean().default(false) });
/**
 * `cause`: a word of the table of causes. `login_in_address`: name and password have fields of their own. `no_key`: no session was ever opened on
 * this PC, so there is nothing to seal a password with.
 */
export type ProxyAnswer =
  | { ok: true }
  | { ok: false; error: 'not_an_address' | 'login_in_address' | 'no_key' | 'not_written' }
  | { ok: false; error: 'does_not_work'; cause: string };
export type SetAnswer = { ok: true } | { ok: false; error: 'not_written' };

/** Of this switch, and of those of the copies on sticks, larger letters and reading aloud. */
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

const needs = 'open_console' as const;

/** The part of the table of endpoints that is about this PC and trials on it. */
export const SETTINGS_ENDPOINTS = {
  'console/settings/read': { needs, input: z.strictObject({}), answer: z.custom<SettingsAnswer>() },
  'console/settings/autostart': { needs, input: AutostartInput, answer: z.custom<AutostartAnswer>() },
  'console/settings/stick-copies': { needs, input: AutostartInput, answer: z.custom<{ ok: true }>() },
  'console/settings/language': { needs, input: LanguageInput, answer: z.custom<SetAnswer>() },
  'console/settings/large-letters': { needs, input: AutostartInput, answer: z.custom<SetAnswer>() },
  'console/settings/read-aloud': { needs, input: AutostartInput, answer: z.custom<SetAnswer>() },
  'console/settings/proxy': { needs, input: ProxyInput, answer: z.custom<ProxyAnswer>() },
  'console/settings/change-session': { needs, input: ChangeSessionInput, answer: z.custom<ChangeSessionAnswer>() },
  'console/trial/begin': { needs, input: z.strictObject({}), answer: z.custom<BeginTrialAnswer>() },
  'console/trial/end': { needs, input: z.strictObject({}), answer: z.custom<EndTrialAnswer>() },
} as const;
