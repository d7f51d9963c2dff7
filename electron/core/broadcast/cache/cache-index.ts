import { z } from 'zod';

export const TRACKS = ['main', 'sound'] as const;
/** Picture (with its sound, mostly), or sound of its own. */
export type Track = (typeof TRACKS)[number];

/**
 * One segment on disk. Named by source, rendition, number and programme time; addresses are not kept, because they may carry
 * tokens, and of a key only a digest of where it is had.
 */
export const Entry = z.object({
  track: z.enum(TRACKS),
  /** Counts on without a hole inside a track, over sources and restarts: the number that the stage sees. */
  n: z.int().min(0),
  source: z.string(),
  rendition: z.string(),
  /** Media sequence number as the source counts it. */
  sn: z.int(),
  programmeMs: z.number().nullable(),
  durationS: z.number().min(0),
  /** Media seconds of this track in front of it. */
  startS: z.number().min(0),
  /** Breaks (EXT-X-DISCONTINUITY) up to and with the one in front of it. */
  breaks: z.int().min(0),
  /** Name of its initialisation segment; null where it needs none. */
  map: z.string().nullable(),
  key: z.object({ method: z.string(), name: z.string(), iv: z.string() }).nullable(),
  /** 0 for a segment that could not be had. */
  bytes: z.int().min(0),
  checksum: z.int().min(0),
});
export type Entry = z.infer<typeof Entry>;

/** An initialisation segment on disk. */
export const MapEntry = z.object({ map: z.string(), bytes: z.int().min(1), checksum: z.int().min(0) });
export type MapEntry = z.infer<typeof MapEntry>;

const Head = z.object({ format: z.literal('broadcast-cache/1'), of: z.string() });

export interface IndexContent {
  entries: Entry[];
  maps: MapEntry[];
}

/** The first line: what this cache is of. */
export function writeHead(of: string): string {
  return `${JSON.stringify({ format: 'broadcast-cache/1', of })}\n`;
}

export function writeLine(entry: Entry | MapEntry): string {
  return `${JSON.stringify(entry)}\n`;
}

/**
 * Reads an index as far as it is whole: a line that was being written when the power went is the last one, and nothing behind it
 * counts. Null when it is of something else, or no index.
 */
export function readIndex(text: string, of: string): IndexContent | null {
  const lines = text.split('\n');
  // What stands behind the last line end was not written to its end.
  lines.pop();
  const head = Head.safeParse(parse(lines.shift() ?? ''));
  if (!head.success || head.data.of !== of) return null;
  const content: IndexContent = { entries: [], maps: [] };
  for (const line of lines) {
    const value = parse(line);
    const entry = Entry.safeParse(value);
    const map = MapEntry.safeParse(value);
    if (entry.success) content.entries.push(entry.data);
    else if (map.success) content.maps.push(map.data);
    else break;
  }
  return content;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
