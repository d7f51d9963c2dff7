import path from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_REHEARSAL, type RehearsalPlan } from './rehearsal/rehearsal.ts';

export interface CoreArguments {
  packageFile: string | null;
  trustFile: string | null;
  /** Code of a package that a person lets in although something speaks against it. */
  allowedPackage: string | null;
  dataDir: string;
  /** A rehearsal was asked for, by its name or by one of its options. */
  isRehearsal: boolean;
  /** The start screen was asked for: it also comes where there is no display. */
  isLobby: boolean;
  rehearsal: RehearsalPlan;
  /** Most that the cache of the broadcast may take on disk, gigabytes; 0 for none. */
  cacheGb: number;
  /** Runs the checks before the hour once, prints them and ends; `json` for programs. */
  check: boolean;
  json: boolean;
}

/** All that the core reads. The shell sorts the command line by these names and gives the rest to the browser. */
export const CORE_OPTIONS = {
  package: { type: 'string' },
  trust: { type: 'string' },
  'allow-package': { type: 'string' },
  data: { type: 'string' },
  rehearsal: { type: 'boolean' },
  lobby: { type: 'boolean' },
  people: { type: 'string' },
  minutes: { type: 'string' },
  delay: { type: 'string' },
  cache: { type: 'string' },
  check: { type: 'boolean' },
  json: { type: 'boolean' },
} as const;

export type ArgumentsOutcome = { ok: true; value: CoreArguments } | { ok: false; sentence: string };

/** Reads the core's part of the command line; the shell took its own options out and put `--data` in. */
export function parseArguments(argv: readonly string[], environment: { cwd: string }): ArgumentsOutcome {
  let values: Record<string, string | boolean | undefined>;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      allowPositionals: false,
      options: CORE_OPTIONS,
    }));
  } catch (cause) {
    return {
      ok: false,
      sentence: `${cause instanceof Error ? cause.message : String(cause)} See npm start -- --help.`,
    };
  }
  const text = (name: string) => (typeof values[name] === 'string' ? values[name] : null);
  const number = (name: string, fallback: number, low: number, high: number): number | string => {
    const given = text(name);
    if (given === null) return fallback;
    const value = Number(given);
    if (!Number.isFinite(value) || value < low || value > high)
      return `--${name} takes a number from ${low} to ${high}, not "${given}".`;
    return value;
  };
  const people = number('people', DEFAULT_REHEARSAL.people, 1, 20_000);
  const minutes = number('minutes', DEFAULT_REHEARSAL.minutes, 0.2, 600);
  const delay = number('delay', DEFAULT_REHEARSAL.delaySeconds, 6, 600);
  const cacheGb = number('cache', 2, 0, 100);
  for (const outcome of [people, minutes, delay, cacheGb])
    if (typeof outcome === 'string') return { ok: false, sentence: outcome };
  const absolute = (file: string | null) => (file === null ? null : path.resolve(environment.cwd, file));
  const dataDir = absolute(text('data'));
  if (dataDir === null) return { ok: false, sentence: 'The core needs --data FOLDER; the kiosk gives it by itself.' };
  return {
    ok: true,
    value: {
      packageFile: absolute(text('package')),
      trustFile: absolute(text('trust')),
      allowedPackage: text('allow-package'),
      check: values['check'] === true,
      json: values['json'] === true,
      dataDir,
      cacheGb: Number(cacheGb),
      isRehearsal: ['rehearsal', 'people', 'minutes', 'delay'].some((name) => values[name] !== undefined),
      isLobby: values['lobby'] === true,
      rehearsal: {
        ...DEFAULT_REHEARSAL,
        people: Math.floor(Number(people)),
        minutes: Number(minutes),
        delaySeconds: Math.round(Number(delay)),
      },
    },
  };
}
