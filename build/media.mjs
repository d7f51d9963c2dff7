/**
 * Makes the rehearsal's test card: `node build/media.mjs` (Node ≥ 24, ffmpeg with libx264, DejaVu fonts).
 * The result is committed; run this only to change the picture, and `npm run format` after it. See electron/core/rehearsal/hls-frame-counter.ts for the burnt-in counter.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { FRAME_COUNTER, FRAMES_PER_SECOND, LOOP_FRAMES } from '../electron/core/rehearsal/hls-frame-counter.ts';
import { readPackets, TICK_WRAP } from '../electron/core/rehearsal/hls-packets.ts';
import { HlsTimestamps } from '../electron/core/rehearsal/hls-timestamps.ts';

const out = path.resolve(import.meta.dirname, '../electron/core/rehearsal/media');
const SEGMENT_SECONDS = 2;
const LOOP_SECONDS = LOOP_FRAMES / FRAMES_PER_SECOND;
const SEGMENTS = LOOP_SECONDS / SEGMENT_SECONDS;
/** Encoded before and after the loop and cut away, so that no encoder's beginning or end is heard at the seam. */
const MARGIN_SECONDS = 4;
/** 60 s and 4 s are whole numbers of AAC frames (1024 samples) at this rate, and a frame is a whole number of ticks. At 48 kHz neither holds. */
const SAMPLE_RATE = 32_000;
/** Stamp of the loop's first picture: above 0, because sound and decoding begin a little earlier. */
const FIRST_PTS = 90_000;

const RENDITIONS = [
  { name: '720', width: 1280, height: 720, crf: 25, profile: 'high', level: '3.1' },
  { name: '360', width: 640, height: 360, crf: 27, profile: 'main', level: '3.0' },
];

/** The index of a frame in the loop, as an ffmpeg expression. */
const INDEX = `mod(n+${LOOP_FRAMES - MARGIN_SECONDS * FRAMES_PER_SECOND}\\,${LOOP_FRAMES})`;

function font(pattern) {
  return execFileSync('fc-match', ['-f', '%{file}', pattern], { encoding: 'utf8' });
}

function text({ value, y, size, color, face }) {
  return `drawtext=fontfile=${face}:text='${value}':x=(w-text_w)/2:y=${y}:fontsize=${size}:fontcolor=${color}`;
}

const indexBit = (k) => `mod(floor(${INDEX}/${2 ** k})\\,2)`;
const bit = (k) => (k < 12 ? indexBit(k) : `not(mod(${indexBit(k - 12)}+${indexBit(k - 8)}+${indexBit(k - 4)}\\,2))`);

/** Draws the bits with one black box and one white box each; the white one only while its bit is 1. */
function frameCounter() {
  return Array.from({ length: FRAME_COUNTER.bits }, (_, i) => {
    const box = `drawbox=x=${FRAME_COUNTER.x + FRAME_COUNTER.pitch * i}:y=${FRAME_COUNTER.y}:w=${FRAME_COUNTER.width}:h=${FRAME_COUNTER.height}:t=fill`;
    return `${box}:color=black,${box}:color=white:enable='${bit(FRAME_COUNTER.bits - 1 - i)}'`;
  }).join(',');
}

function filters() {
  const bold = font('DejaVu Sans:bold');
  const plain = font('DejaVu Sans');
  const mono = font('DejaVu Sans Mono:bold');
  const clock = `%{eif\\:floor(${INDEX}/${FRAMES_PER_SECOND})\\:d\\:2}.%{eif\\:mod(n\\,${FRAMES_PER_SECOND})\\:d\\:2}`;
  const card = [
    'drawbox=x=72:y=548:w=1136:h=8:t=fill:color=0x24457F',
    text({ value: 'CHẠY THỬ', y: 80, size: 92, color: '0xFFFFFF', face: bold }),
    text({
      value: 'Tín hiệu kiểm tra đường truyền – không phải hội nghị thật',
      y: 222,
      size: 30,
      color: '0xB9CBEE',
      face: plain,
    }),
    text({ value: clock, y: 310, size: 168, color: '0xF4C95D', face: mono }),
    frameCounter(),
  ].join(',');
  const picture = [
    `color=c=0x0A1F44:s=1280x720:r=${FRAMES_PER_SECOND}:d=${LOOP_SECONDS + 2 * MARGIN_SECONDS},${card}[card]`,
    `color=c=0xF4C95D:s=56x56:r=${FRAMES_PER_SECOND},format=rgba,geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='255*clip(28-hypot(X-27.5,Y-27.5),0,1)'[ball]`,
    // Across and back in 4 s.
    `[card][ball]overlay=x='72+1080*(0.5-0.5*cos(2*PI*n/100))':y=524:shortest=1,format=yuv420p,split=2[big][half]`,
    '[half]scale=640:360:flags=area[small]',
  ];
  const beep = 'pow(sin(PI*mod(t\\,1)/0.09)\\,2)*lt(mod(t\\,1)\\,0.09)';
  const sound = `aevalsrc=0.03*sin(2*PI*220*t)+0.03*sin(2*PI*330*t)+0.16*sin(2*PI*880*t)*${beep}:s=${SAMPLE_RATE}:d=${LOOP_SECONDS + 2 * MARGIN_SECONDS},aformat=channel_layouts=mono,asplit=2[sound1][sound2]`;
  return [...picture, sound].join(';');
}

const words = (line) => line.split(' ');

function encode(folder) {
  const gop = SEGMENT_SECONDS * FRAMES_PER_SECOND;
  const outputs = RENDITIONS.flatMap((r, i) => [
    ...words(`-map ${i === 0 ? '[big]' : '[small]'} -map [sound${i + 1}]`),
    ...words(`-c:v libx264 -preset slow -crf ${r.crf} -profile:v ${r.profile} -level ${r.level}`),
    ...words(`-g ${gop} -keyint_min ${gop} -sc_threshold 0 -bf 2 -flags +cgop`),
    ...words('-color_primaries bt709 -color_trc bt709 -colorspace bt709'),
    ...words('-c:a aac -b:a 32k -muxdelay 0 -muxpreload 0'),
    ...words(`-f segment -segment_time ${SEGMENT_SECONDS} -segment_format mpegts`),
    ...words(`-segment_format_options pat_period=${SEGMENT_SECONDS}`),
    // A name in .m2ts would make 192-byte packets.
    path.join(folder, `${r.name}-%03d.mpegts`),
  ]);
  execFileSync(
    'ffmpeg',
    ['-hide_banner', '-loglevel', 'warning', '-y', '-nostdin', '-filter_complex', filters(), ...outputs],
    { stdio: 'inherit' },
  );
}

/** RFC 6381 name of the H.264 stream: profile, constraints and level are the three bytes after the type of the first SPS. */
function h264Codec(bytes) {
  for (let i = 0; i + 6 < bytes.length; i += 1)
    if (bytes[i] === 0 && bytes[i + 1] === 0 && bytes[i + 2] === 1 && (bytes[i + 3] & 0x1f) === 7)
      return `avc1.${bytes.subarray(i + 4, i + 7).toString('hex')}`;
  throw new Error('no SPS in the first segment');
}

/** Cuts the margins away, moves the first picture to FIRST_PTS and joins the segments of a rendition to one file. */
function cut(folder, rendition) {
  const first = MARGIN_SECONDS / SEGMENT_SECONDS;
  const raw = Array.from({ length: SEGMENTS }, (_, i) =>
    fs.readFileSync(path.join(folder, `${rendition.name}-${String(first + i).padStart(3, '0')}.mpegts`)),
  );
  const firstPts = readPackets(raw[0]).find((p) => p.pts && p.streamId >= 0xe0).pts.ticks;
  const timestamps = new HlsTimestamps(raw, LOOP_SECONDS * 1000, (FIRST_PTS - firstPts + TICK_WRAP) % TICK_WRAP);
  const segments = raw.map((_, i) => timestamps.segment(i));
  const file = `${rendition.name}.m2ts`;
  fs.writeFileSync(path.join(out, file), Buffer.concat(segments));
  const bytes = segments.map((s) => s.length);
  const bitrate = (b) => Math.ceil((b * 8) / SEGMENT_SECONDS / 1000) * 1000;
  return {
    name: rendition.name,
    file,
    width: rendition.width,
    height: rendition.height,
    bandwidth: bitrate(Math.max(...bytes)),
    averageBandwidth: bitrate(bytes.reduce((a, b) => a + b) / bytes.length),
    codecs: `${h264Codec(raw[0])},mp4a.40.2`,
    segmentBytes: bytes,
  };
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'rehearsal-media-'));
try {
  fs.mkdirSync(out, { recursive: true });
  encode(folder);
  const renditions = RENDITIONS.map((r) => cut(folder, r));
  const index = {
    format: 'rehearsal-media/1',
    frameRate: FRAMES_PER_SECOND,
    segmentMs: SEGMENT_SECONDS * 1000,
    loopMs: LOOP_SECONDS * 1000,
    renditions,
  };
  fs.writeFileSync(path.join(out, 'media.json'), `${JSON.stringify(index, null, 2)}\n`);
  for (const r of renditions)
    console.log(`${r.file}: ${(r.segmentBytes.reduce((a, b) => a + b) / 1e6).toFixed(2)} MB, ${r.codecs}`);
} finally {
  fs.rmSync(folder, { recursive: true, force: true });
}
