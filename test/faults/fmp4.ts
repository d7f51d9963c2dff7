import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { getSegment, LOOP_SEGMENTS, SEGMENT_S } from './media.ts';

let made: { init: Buffer; segments: Buffer[] } | null | undefined;

/** Why there is no fMP4 here; null when there is. */
export function fmp4Unavailable(): string | null {
  return load() ? null : 'ffmpeg is not installed';
}

/** The lowest rendition repackaged as fragmented MP4: the initialisation segment for content null, else the segment with its decode times moved to its place in the endless programme. */
export function getFmp4(_variant: string, content: number | null): Buffer {
  const media = load();
  if (!media) throw new Error('ffmpeg is not installed');
  if (content === null) return media.init;
  const body = Buffer.from(media.segments[content % LOOP_SEGMENTS]!);
  moveDecodeTimes(body, Math.floor(content / LOOP_SEGMENTS) * LOOP_SEGMENTS * SEGMENT_S, media.init);
  return body;
}

function load(): { init: Buffer; segments: Buffer[] } | null {
  if (made !== undefined) return made;
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'fault-fmp4-'));
  try {
    const ts = path.join(dir, 'loop.ts');
    fs.writeFileSync(ts, Buffer.concat(Array.from({ length: LOOP_SEGMENTS }, (_, i) => getSegment('360', i))));
    const args = [
      '-v',
      'error',
      '-nostdin',
      '-copyts',
      '-i',
      ts,
      '-c',
      'copy',
      '-bsf:a',
      'aac_adtstoasc',
      '-muxdelay',
      '0',
      '-f',
      'hls',
    ];
    args.push(
      '-hls_time',
      String(SEGMENT_S),
      '-hls_list_size',
      '0',
      '-hls_segment_type',
      'fmp4',
      '-hls_flags',
      'independent_segments',
    );
    execFileSync(
      'ffmpeg',
      [...args, '-hls_segment_filename', path.join(dir, 's%03d.m4s'), path.join(dir, 'index.m3u8')],
      { stdio: 'ignore' },
    );
    const segments = fs
      .readdirSync(dir)
      .filter((name) => name.endsWith('.m4s'))
      .sort()
      .map((name) => fs.readFileSync(path.join(dir, name)));
    made = segments.length === LOOP_SEGMENTS ? { init: fs.readFileSync(path.join(dir, 'init.mp4')), segments } : null;
  } catch {
    made = null;
  }
  fs.rmSync(dir, { recursive: true, force: true });
  return made;
}

/** Adds `byS` seconds to every `tfdt` (ISO/IEC 14496-12, 8.8.12), in the time scale of its track. */
function moveDecodeTimes(body: Buffer, byS: number, init: Buffer): void {
  const scales = timeScales(init);
  for (const moof of boxes(body, 0, body.length, 'moof'))
    for (const traf of boxes(body, moof.from, moof.to, 'traf')) {
      const tfhd = boxes(body, traf.from, traf.to, 'tfhd')[0]!;
      const tfdt = boxes(body, traf.from, traf.to, 'tfdt')[0]!;
      const scale = scales.get(body.readUInt32BE(tfhd.from + 4)) ?? 90_000;
      if (body[tfdt.from] === 1)
        body.writeBigUInt64BE(body.readBigUInt64BE(tfdt.from + 4) + BigInt(byS * scale), tfdt.from + 4);
      else body.writeUInt32BE((body.readUInt32BE(tfdt.from + 4) + byS * scale) >>> 0, tfdt.from + 4);
    }
}

function timeScales(init: Buffer): Map<number, number> {
  const scales = new Map<number, number>();
  for (const moov of boxes(init, 0, init.length, 'moov'))
    for (const trak of boxes(init, moov.from, moov.to, 'trak')) {
      const tkhd = boxes(init, trak.from, trak.to, 'tkhd')[0]!;
      const mdia = boxes(init, trak.from, trak.to, 'mdia')[0]!;
      const mdhd = boxes(init, mdia.from, mdia.to, 'mdhd')[0]!;
      const long = init[tkhd.from] === 1 ? 8 : 0;
      const id = init.readUInt32BE(tkhd.from + 12 + long);
      scales.set(id, init.readUInt32BE(mdhd.from + 12 + (init[mdhd.from] === 1 ? 8 : 0)));
    }
  return scales;
}

function boxes(body: Buffer, from: number, to: number, type: string): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (let offset = from; offset + 8 <= to;) {
    const size = body.readUInt32BE(offset);
    if (size < 8) break;
    if (body.toString('latin1', offset + 4, offset + 8) === type) found.push({ from: offset + 8, to: offset + size });
    offset += size;
  }
  return found;
}
