import type { Check } from '../check.ts';

const DAY_MS = 86_400_000;
const OLD_DAYS = 180;
/** Older than this nobody has tried the windows on it. */
const LEAST_MAJOR = 110;
const TOO_OLD_DAYS = 730;

/** Version and age of the browser, or of Electron, that shows the windows. */
export const browser: Check<'browser'> = {
  id: 'browser',
  run({ shell, now }) {
    if (!shell?.program) return { word: 'unknown' };
    const { name, version, chromium, builtAt } = shell.program;
    const days = builtAt === null ? 0 : Math.max(0, Math.floor((now() - builtAt) / DAY_MS));
    const facts = { name, version, days };
    const major = Number(/^\d+/u.exec(chromium)?.[0] ?? 0);
    if (major < LEAST_MAJOR || days > TOO_OLD_DAYS) return { word: 'too_old', facts };
    return { word: days > OLD_DAYS ? 'old' : 'new', facts };
  },
};
