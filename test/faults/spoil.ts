import { PACKET_BYTES } from '../../electron/core/rehearsal/hls-packets.ts';

/** A segment without its packets of sound; the tables still announce it. */
export function withoutSound(body: Buffer): Buffer {
  const sound = pidsOf(body, 0xc0);
  return keep(body, (pid) => !sound.has(pid));
}

/** A segment with only its tables and its sound. */
export function soundOnly(body: Buffer): Buffer {
  const picture = pidsOf(body, 0xe0);
  return keep(body, (pid) => !picture.has(pid));
}

/** The same wrong bytes at every request, as from a bad disk. */
export function corrupt(body: Buffer): Buffer {
  let seed = 12345;
  for (let n = 0; n < body.length / 50; n++) {
    seed = (seed * 1103515245 + 12345) % 2 ** 31;
    body[seed % body.length] = seed & 0xff;
  }
  return body;
}

/** PIDs whose PES packets have a stream id of this kind: 0xC0 sound, 0xE0 picture (ISO/IEC 13818-1, table 2-22). */
function pidsOf(body: Buffer, kind: number): Set<number> {
  const pids = new Set<number>();
  for (let offset = 0; offset + PACKET_BYTES <= body.length; offset += PACKET_BYTES) {
    const starts = (body[offset + 1]! & 0x40) !== 0;
    const adaptation = (body[offset + 3]! & 0x20) !== 0 ? 1 + body[offset + 4]! : 0;
    const at = offset + 4 + adaptation;
    if (!starts || body[at] !== 0 || body[at + 1] !== 0 || body[at + 2] !== 1) continue;
    const id = body[at + 3]!;
    if (kind === 0xc0 ? (id & 0xe0) === 0xc0 : (id & 0xf0) === 0xe0) pids.add(pidAt(body, offset));
  }
  return pids;
}

function keep(body: Buffer, wanted: (pid: number) => boolean): Buffer {
  const kept: Buffer[] = [];
  for (let offset = 0; offset + PACKET_BYTES <= body.length; offset += PACKET_BYTES)
    if (wanted(pidAt(body, offset))) kept.push(body.subarray(offset, offset + PACKET_BYTES));
  return Buffer.concat(kept);
}

function pidAt(body: Buffer, offset: number): number {
  return ((body[offset + 1]! & 0x1f) << 8) | body[offset + 2]!;
}

/** The same segment with its sound announced as another stream type, and its frames beginning as those of MPEG audio layer II. */
export function withSoundOfType(body: Buffer, type: number): Buffer {
  const out = Buffer.from(body);
  const sound = pidsOf(out, 0xc0);
  for (let offset = 0; offset + PACKET_BYTES <= out.length; offset += PACKET_BYTES) {
    const adaptation = (out[offset + 3]! & 0x20) !== 0 ? 1 + out[offset + 4]! : 0;
    const starts = (out[offset + 1]! & 0x40) !== 0;
    const at = offset + 4 + adaptation;
    if (!starts) continue;
    if (sound.has(pidAt(out, offset))) out.set([0xff, 0xfd, 0x84, 0x00], at + 9 + out[at + 8]!);
    else if (out[at] === 0 && out[at + 1] === 2)
      for (let i = at + 13; i < offset + PACKET_BYTES - 4; i++)
        if (out[i] === 0x0f && sound.has(((out[i + 1]! & 0x1f) << 8) | out[i + 2]!)) out[i] = type;
  }
  return out;
}
