import { JOIN } from './policy.ts';

export interface Remembered {
  programmeMs: number | null;
  sn: number | null;
  intoSegmentS: number;
  delayS: number;
  rememberedAt: number;
}

const KEY = 'stage.player.place';
const BANDWIDTH_KEY = 'stage.player.bandwidth';

/** Keeps the place in the content across a reload of the page, so that a crash of the window skips nothing. */
export class ResumeMemory {
  /** `leftAtMs`: programme date-time at which the core saw the picture last; it is newer than what the browser wrote down. */
  read(url: string, now: number, leftAtMs: number | null = null): Remembered | null {
    const stored = parse(readItem(KEY));
    if (leftAtMs !== null)
      return { programmeMs: leftAtMs, sn: null, intoSegmentS: 0, delayS: stored?.delayS ?? 0, rememberedAt: now };
    if (
      !stored ||
      stored.url !== url ||
      now - stored.rememberedAt > JOIN.resumeWithinMs ||
      now < stored.rememberedAt - 60_000
    )
      return null;
    return stored;
  }

  record(url: string, place: Omit<Remembered, 'rememberedAt'>, now: number): void {
    writeItem(KEY, JSON.stringify({ ...place, url, rememberedAt: now }));
  }

  forget(): void {
    writeItem(KEY, null);
  }

  readBandwidth(): number | null {
    const value = Number(readItem(BANDWIDTH_KEY));
    return Number.isFinite(value) && value > 50_000 ? value : null;
  }

  recordBandwidth(bitsPerSecond: number): void {
    if (Number.isFinite(bitsPerSecond) && bitsPerSecond > 0)
      writeItem(BANDWIDTH_KEY, String(Math.round(bitsPerSecond)));
  }
}

function parse(text: string | null): (Remembered & { url: string }) | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    const v = value as Record<string, unknown>;
    const numberOrNull = (x: unknown) => (typeof x === 'number' && Number.isFinite(x) ? x : null);
    if (typeof v['url'] !== 'string' || typeof v['rememberedAt'] !== 'number') return null;
    return {
      url: v['url'],
      rememberedAt: v['rememberedAt'],
      programmeMs: numberOrNull(v['programmeMs']),
      sn: numberOrNull(v['sn']),
      intoSegmentS: numberOrNull(v['intoSegmentS']) ?? 0,
      delayS: numberOrNull(v['delayS']) ?? 0,
    };
  } catch {
    return null;
  }
}

/** Storage may be missing or full; the kiosk then simply remembers nothing. */
function readItem(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function writeItem(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // A place that is not remembered costs a few seconds of content after a crash, nothing else.
  }
}
