import { causeOfStatus, CAUSES, type Cause, type Whose } from '../../../shared/causes.ts';
import { inspectSegment } from '../../../shared/hls/segment-gate.ts';
import type { SpanCheck } from '../../../shared/hls/segment-span.ts';
import { readBytes } from '../../network/body.ts';
import { causeOfBody, type PlaylistReader } from '../playlist-reader.ts';
import { FOLLOW } from './cache-policy.ts';

export interface WantedPiece {
  url: string;
  /** Part of the file; `end` is exclusive. */
  range: { start: number; end: number } | null;
  encrypted: boolean;
}

export type Piece =
  | { ok: true; body: Buffer<ArrayBuffer>; ms: number }
  /** `sent`: the size of a body that came and is not good. */
  | { ok: false; cause: Cause; whose: Whose; status: number; sent: number | null };

/** Fetches a segment or an initialisation segment whole and judges it as the stage would. Never rejects. */
export async function fetchPiece(
  reader: PlaylistReader,
  wanted: WantedPiece,
  judge: { spans: SpanCheck; key: string; durationS: number } | null,
  signal: AbortSignal,
): Promise<Piece> {
  const { url, range, encrypted } = wanted;
  const beganAt = performance.now();
  const limit = AbortSignal.any([signal, AbortSignal.timeout(FOLLOW.segmentMs)]);
  const headers: Record<string, string> = range ? { range: `bytes=${range.start}-${range.end - 1}` } : {};
  const outcome = await reader.fetch(url, { signal: limit, headers });
  if (!outcome.ok) return { ok: false, cause: outcome.cause, whose: outcome.whose, status: 0, sent: null };
  const { response } = outcome;
  const refused = causeOfStatus(response.status);
  if (refused !== null) {
    await response.body?.cancel().catch(() => undefined);
    return { ok: false, cause: refused, whose: CAUSES[refused], status: response.status, sent: null };
  }
  let bytes: Uint8Array;
  try {
    bytes = await readBytes(response, reader.segmentLimitBytes);
  } catch (error) {
    const cause = causeOfBody(error);
    return { ok: false, cause, whose: CAUSES[cause], status: response.status, sent: null };
  }
  // A server that knows no ranges sends the whole file.
  const body = Buffer.from(range && response.status === 200 ? bytes.slice(range.start, range.end) : bytes.slice());
  const plain = body.buffer.slice(body.byteOffset, body.byteOffset + body.byteLength);
  const bad = inspectSegment(plain, { encrypted, rangeLength: range ? range.end - range.start : null });
  const cut = bad === null && judge && !encrypted && judge.spans.isCut(judge.key, plain, judge.durationS);
  const cause = bad ?? (cut ? 'truncated' : null);
  if (cause !== null) return { ok: false, cause, whose: CAUSES[cause], status: response.status, sent: body.byteLength };
  return { ok: true, body, ms: performance.now() - beganAt };
}
