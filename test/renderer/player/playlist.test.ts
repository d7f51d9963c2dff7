import { expect, test } from 'vitest';
import { boundedDelayS, startOffsetS, mayHold } from '../../../renderer/stage/player/start-position.ts';
import { offsetOfProgramme, readPlaylist, type MediaPlaylist } from '../../../electron/shared/hls/read-playlist.ts';
import { playlistForPlayer, withoutCodecs } from '../../../renderer/stage/player/player-playlist.ts';
import { SequenceGuard } from '../../../electron/shared/hls/sequence-guard.ts';

const URL_OF_LIST = 'http://a.example/live/index.m3u8';

function parsePlaylist(text: string) {
  return readPlaylist(text, { url: URL_OF_LIST });
}

interface ListSpec {
  first: number;
  count: number;
  name?: string;
  dateMs?: number | null;
  durationS?: number;
  ended?: boolean;
}

const NOON = Date.parse('2026-11-23T05:00:00.000Z');

function text({ first, count, name = 'seg', dateMs = NOON, durationS = 2, ended = false }: ListSpec): string {
  const lines = ['#EXTM3U', `#EXT-X-TARGETDURATION:${Math.ceil(durationS)}`, `#EXT-X-MEDIA-SEQUENCE:${first}`];
  for (let i = 0; i < count; i++) {
    if (dateMs !== null)
      lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(dateMs + i * durationS * 1000).toISOString()}`);
    lines.push(`#EXTINF:${durationS},`, `${name}-${first + i}.ts?n=${i}`);
  }
  if (ended) lines.push('#EXT-X-ENDLIST');
  return `${lines.join('\n')}\n`;
}

function view(spec: ListSpec): MediaPlaylist {
  const parsed = parsePlaylist(text(spec));
  if (!parsed.ok || parsed.playlist.kind !== 'media') throw new Error('not a media playlist');
  return parsed.playlist;
}

test('byte order mark, CRLF and blank lines in front are no obstacle', () => {
  const parsed = parsePlaylist('\uFEFF\r\n' + text({ first: 5, count: 3 }).replaceAll('\n', '\r\n'));
  expect(parsed).toMatchObject({
    ok: true,
    playlist: { kind: 'media', startSn: 5, endSn: 7, totalS: 6, ended: false },
  });
});

test('a list cut inside its last address ends with the segment before, in both readings; a short one keeps its only segment', () => {
  const whole = text({ first: 68, count: 4 });
  const cut = whole.slice(0, whole.lastIndexOf('seg-71') + 'seg-7'.length);
  expect(parsePlaylist(cut)).toMatchObject({ ok: true, playlist: { endSn: 70 } });
  expect(playlistForPlayer(cut)).not.toMatch(/seg-7$/);
  expect(parsePlaylist(whole.trimEnd() + '\n#EXT-X-ENDLIST')).toMatchObject({
    ok: true,
    playlist: { endSn: 71, ended: true },
  });
  expect(parsePlaylist(text({ first: 5, count: 1 }).trimEnd())).toMatchObject({ ok: true, playlist: { endSn: 5 } });
  const master = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\na.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=2\nb.m3u8';
  expect(parsePlaylist(master)).toMatchObject({
    ok: true,
    playlist: { variants: [{ url: 'http://a.example/live/a.m3u8' }, { url: 'http://a.example/live/b.m3u8' }] },
  });
});

test('byte ranges are read, with and without an offset', () => {
  const raw =
    '#EXTM3U\n#EXTINF:2,\n#EXT-X-BYTERANGE:100@50\na.ts\n#EXTINF:2,\n#EXT-X-BYTERANGE:30\na.ts\n#EXTINF:2,\nb.ts\n';
  const parsed = parsePlaylist(raw);
  if (!parsed.ok || parsed.playlist.kind !== 'media') throw new Error('not a media playlist');
  expect(parsed.playlist.segments.map((s) => s.range)).toEqual([
    { start: 50, end: 150 },
    { start: 150, end: 180 },
    null,
  ]);
});

test('what is no playlist has a name', () => {
  expect(parsePlaylist('')).toEqual({ ok: false, error: 'empty' });
  expect(parsePlaylist('<html>Wi-Fi</html>')).toEqual({ ok: false, error: 'portal' });
  expect(parsePlaylist('not found')).toEqual({ ok: false, error: 'not_playlist' });
  expect(parsePlaylist('#EXTM3U\n#EXT-X-TARGETDURATION:2\n')).toEqual({ ok: false, error: 'no_segments' });
});

test('a master tells whether the same rendition is there twice', () => {
  const variant = '#EXT-X-STREAM-INF:BANDWIDTH=1000,RESOLUTION=640x360,CODECS="avc1.4d401e,mp4a.40.2"\n';
  const once = parsePlaylist(`#EXTM3U\n${variant}a/index.m3u8\n`);
  expect(once).toMatchObject({ ok: true, playlist: { kind: 'master', alternatives: 'none' } });
  const twice = parsePlaylist(`#EXTM3U\n${variant}a/index.m3u8\n${variant}https://b.example/index.m3u8\n`);
  expect(twice).toMatchObject({
    ok: true,
    playlist: { alternatives: 'other_host' },
  });
});

test('a date that comes only in the middle of the list is counted back and on', () => {
  const raw = text({ first: 0, count: 4, dateMs: null }).replace(
    '#EXTINF:2,\nseg-2',
    `#EXT-X-PROGRAM-DATE-TIME:${new Date(NOON).toISOString()}\n#EXTINF:2,\nseg-2`,
  );
  const parsed = parsePlaylist(raw);
  if (!parsed.ok || parsed.playlist.kind !== 'media') throw new Error('not a media playlist');
  expect(parsed.playlist.segments.map((s) => s.programmeMs! - NOON)).toEqual([-4000, -2000, 0, 2000]);
  expect(offsetOfProgramme(parsed.playlist, NOON + 1500)).toBeCloseTo(5.5);
});

test('low-latency tags and the wish where to start are taken out, everything else stays', () => {
  const raw =
    '#EXTM3U\n#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES\n#EXT-X-PART-INF:PART-TARGET=0.5\n#EXT-X-START:TIME-OFFSET=-3\n#EXTINF:2,\na.ts\n#EXT-X-PART:DURATION=0.5,URI="p.ts"\n#EXT-X-PRELOAD-HINT:TYPE=PART,URI="q.ts"\n';
  expect(playlistForPlayer(raw)).toBe('#EXTM3U\n#EXTINF:2,\na.ts\n');
});

test('the guard tells advance, standstill, an old copy and a restart apart', () => {
  const guard = new SequenceGuard();
  expect(guard.judge('u', view({ first: 100, count: 30 }), 0)).toBe('advanced');
  expect(guard.judge('u', view({ first: 101, count: 30, dateMs: NOON + 2000 }), 1)).toBe('advanced');
  expect(guard.judge('u', view({ first: 101, count: 30, dateMs: NOON + 2000 }), 2)).toBe('unchanged');
  expect(guard.judge('u', view({ first: 99, count: 30, dateMs: NOON - 2000 }), 3)).toBe('old_answer');
  expect(guard.judge('u', view({ first: 0, count: 2, dateMs: NOON + 64_000 }), 4)).toBe('reset');
  expect(guard.newest()?.advancedAt).toBe(1);
});

test('a restart is seen even when the numbers overlap: by other names, or by other dates', () => {
  const byName = new SequenceGuard();
  byName.judge('u', view({ first: 0, count: 30, name: 'a', dateMs: null }), 0);
  expect(byName.judge('u', view({ first: 0, count: 3, name: 'b', dateMs: null }), 1)).toBe('reset');
  const byDate = new SequenceGuard();
  byDate.judge('u', view({ first: 0, count: 30 }), 0);
  expect(byDate.judge('u', view({ first: 0, count: 3, dateMs: NOON + 3_600_000 }), 1)).toBe('reset');
});

test('a restart soon after another one is seen: the same names, dates as far apart as the list is long', () => {
  const guard = new SequenceGuard();
  guard.judge('u', view({ first: 0, count: 18 }), 0);
  expect(guard.judge('u', view({ first: 0, count: 2, dateMs: NOON + 36_000 }), 4000)).toBe('reset');
  // It has grown past the old one while the line was down.
  expect(guard.judge('u', view({ first: 0, count: 30, dateMs: NOON + 36_000 }), 60_000)).toBe('reset');
  // The same lists from a clock that was wrong by 36 s, and numbers that went on with time.
  expect(guard.judge('u', view({ first: 0, count: 48, dateMs: NOON + 36_000 }), 60_000)).toBe('advanced');
});

test('lower numbers that move on are a restart even where neither names nor dates say so; old copies now and then are not', () => {
  const plain = { first: 0, dateMs: null };
  const restart = new SequenceGuard();
  restart.judge('u', view({ ...plain, count: 30 }), 0);
  const verdicts = [1, 2, 3, 4, 5, 6].map((n) => restart.judge('u', view({ ...plain, count: n }), n * 2000));
  expect(verdicts).toEqual(['old_answer', 'old_answer', 'old_answer', 'old_answer', 'old_answer', 'reset']);
  const lagging = new SequenceGuard();
  for (let n = 30; n < 60; n++) {
    const view30 = view({ ...plain, count: n });
    expect(lagging.judge('u', view30, n * 2000)).toBe('advanced');
    expect(lagging.judge('u', view({ ...plain, count: n - 4 }), n * 2000 + 900)).toBe('old_answer');
  }
});

test('a window that moved past everything known is a restart, a corrected clock is not', () => {
  const guard = new SequenceGuard();
  guard.judge('u', view({ first: 0, count: 8 }), 0);
  expect(guard.judge('u', view({ first: 1, count: 8, dateMs: NOON + 602_000 }), 1)).toBe('advanced');
  expect(guard.judge('u', view({ first: 40, count: 8 }), 2)).toBe('reset');
});

test('ENDLIST without a new segment is an advance', () => {
  const guard = new SequenceGuard();
  guard.judge('u', view({ first: 0, count: 8 }), 0);
  expect(guard.judge('u', view({ first: 0, count: 8, ended: true }), 1)).toBe('advanced');
});

test('the delay is what was asked for where the window allows it, and leaves the oldest segments alone where not', () => {
  expect(boundedDelayS(view({ first: 0, count: 120 }), 75)).toBe(75);
  expect(boundedDelayS(view({ first: 0, count: 8 }), 75)).toBe(13);
  expect(boundedDelayS(view({ first: 0, count: 120 }), 1)).toBe(6);
  expect(boundedDelayS(view({ first: 0, count: 1 }), 75)).toBeGreaterThanOrEqual(0);
  expect(boundedDelayS(view({ first: 0, count: 1 }), 75)).toBeLessThanOrEqual(2);
});

test('a new player begins where the old one will be: by date, else by number, else by distance', () => {
  const list = view({ first: 100, count: 60 });
  const place = { at: 'place', sn: 130, intoSegmentS: 1, delayS: 50, fallback: 'delay' } as const;
  expect(startOffsetS(list, { ...place, programmeMs: NOON + 33_000 })).toBeCloseTo(33);
  expect(startOffsetS(list, { ...place, programmeMs: null })).toBeCloseTo(61);
  expect(startOffsetS(list, { ...place, programmeMs: null, sn: 7 })).toBeCloseTo(70);
  expect(startOffsetS(list, { ...place, programmeMs: NOON - 90_000 })).toBe(0);
});

test('after an encoder restart the new player begins at the oldest segment, whatever its clock says', () => {
  const fresh = view({ first: 0, count: 3 });
  const restart = { at: 'place', sn: null, intoSegmentS: 0, delayS: 75, fallback: 'oldest' } as const;
  for (const programmeMs of [null, NOON - 5000, NOON + 20_000, NOON + 86_400_000])
    expect(startOffsetS(fresh, { ...restart, programmeMs })).toBe(0);
  expect(startOffsetS(view({ first: 0, count: 60 }), { ...restart, programmeMs: NOON + 40_000 })).toBeCloseTo(40);
});

test('the picture is held only before the scheduled beginning, never after a restart in the middle, never for ever', () => {
  const base = { now: 1000, holdUntil: 100_000, delayS: 10, wantedS: 75, heldMs: 0, resumed: false };
  expect(mayHold(base)).toBe(true);
  expect(mayHold({ ...base, delayS: 75 })).toBe(false);
  expect(mayHold({ ...base, now: 100_000 })).toBe(false);
  expect(mayHold({ ...base, holdUntil: null })).toBe(false);
  expect(mayHold({ ...base, resumed: true })).toBe(false);
  expect(mayHold({ ...base, heldMs: 81_000 })).toBe(false);
});

test('a master without its claims about codecs keeps everything else', () => {
  const master =
    '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1,CODECS="h264,aac",RESOLUTION=640x360\na.m3u8\n#EXT-X-STREAM-INF:CODECS="x",BANDWIDTH=2\nb.m3u8\n';
  expect(withoutCodecs(master)).toBe(
    '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1,RESOLUTION=640x360\na.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=2\nb.m3u8\n',
  );
});
