import type { HttpFailure, HttpReply } from './http-request.ts';

/** Keys and steering manifests may stand in the playlist itself (RFC 2397); the window's content policy lets no request read them. */
export function readDataUrl(url: string): HttpReply | HttpFailure {
  const [, base64, data] = /^data:[^,]*?(;base64)?,(.*)$/s.exec(url) ?? [];
  if (data === undefined) return { ok: false, cause: 'corrupt', status: 598, text: 'not a data address' };
  try {
    const raw = base64 ? atob(decodeURIComponent(data)) : decodeURIComponent(data);
    const bytes = base64 ? Uint8Array.from(raw, (c) => c.charCodeAt(0)) : new TextEncoder().encode(raw);
    const now = performance.now();
    return {
      ok: true,
      status: 200,
      url,
      text: base64 ? new TextDecoder().decode(bytes) : raw,
      bytes: bytes.buffer,
      startedAt: now,
      firstByteAt: now,
      endedAt: now,
      size: bytes.length,
      header: () => null,
      details: new Response(),
    };
  } catch {
    return { ok: false, cause: 'corrupt', status: 598, text: 'not a data address' };
  }
}
