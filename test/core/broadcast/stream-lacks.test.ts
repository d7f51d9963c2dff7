import { afterEach, expect, test } from 'vitest';
import { StreamLack } from '../../../electron/contract/broadcast.ts';
import { readPlaylist, type MediaPlaylist } from '../../../electron/shared/hls/read-playlist.ts';
import { SequenceWatch } from '../../../electron/core/broadcast/sequence-watch.ts';
import { addSources, findErrorLacks, findListLacks } from '../../../electron/core/broadcast/stream-advice.ts';
import { AgreedCodes } from '../../../electron/core/broadcast/agreed-codes.ts';
import { MASTERS, serveStream, watchStreams, type LiveStream, type StreamShape } from '../../support/live-stream.ts';

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

async function serve(change: Partial<StreamShape> = {}): Promise<LiveStream> {
  const stream = await serveStream(change);
  stops.push(() => stream.stop());
  return stream;
}

function watch(urls: string[], hurry = 1): ReturnType<typeof watchStreams> {
  const watched = watchStreams(urls, hurry);
  stops.unshift(() => watched.stop());
  return watched;
}

async function until(what: string, check: () => boolean, timeoutMs = 40_000): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!check()) {
    if (Date.now() > deadline) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The monotonic clock runs so many times faster, so that a check falls on every list. */
const HURRY = 1_000;

/** For every code, a stream that lacks this and nothing else. */
const LACKING: Record<StreamLack, Partial<StreamShape>> = {
  short_window: { window: 100 },
  long_list: { event: true, window: 905 },
  no_date_time: { dates: 'none' },
  sparse_date_time: { dates: 'some' },
  no_redundancy: { master: MASTERS.single },
  redundancy_same_host: { master: MASTERS.oneHost },
  short_segments: { targetS: 1, segmentS: 1, window: 300 },
  long_segments: { targetS: 10, segmentS: 10 },
  segment_over_target: { segmentS: 2.6 },
  listed_too_early: { segment: 404 },
  sequence_went_back: { shift: (count) => (count < 3 ? 0 : -1_000) },
  no_compression: { gzip: false },
  no_cache_lifetime: { listCache: null },
  long_cache_lifetime: { listCache: 'public, max-age=10' },
  short_segment_cache: { segmentCache: 'max-age=5' },
  no_cors: { cors: null },
  no_cors_on_errors: { errorCors: null, list: (count) => (count % 3 === 0 ? 503 : 200) },
  no_date_header: { date: false },
};

/** Nothing is wrong with these, however odd they look. */
const FAULTLESS: Record<string, Partial<StreamShape>> = {
  'the example': {},
  'steered from outside': {
    master: `#EXTM3U\n#EXT-X-CONTENT-STEERING:SERVER-URI="/steer"\n${MASTERS.single.slice(8)}`,
  },
  'short because it is young': { event: true, window: 20 },
  'segments of 6.006 s, declared as 7': { targetS: 7, segmentS: 6.006, window: 60 },
  'segments of 2.4 s, declared as 2': { segmentS: 2.4, window: 130 },
  'a small list goes plain': {
    targetS: 6,
    segmentS: 6,
    window: 50,
    gzip: false,
    dates: 'all',
    master: MASTERS.twoHosts,
  },
  'CORS for the one who asks': { cors: 'http://kiosk.invalid' },
  'a server without HEAD': { head: false },
  'segments that are refused': { segment: 403 },
  'errors with CORS': { list: (count) => (count % 3 === 0 ? 503 : 200) },
  'one odd copy of an old list': { shift: (count) => (count % 4 === 0 ? -3 : 0), dates: 'none' },
};

test(
  'each thing that the centre must provide is named when it lacks, and nothing else',
  { timeout: 60_000 },
  async () => {
    const found = await Promise.all(
      StreamLack.options.map(async (lack) => {
        const stream = await serve(LACKING[lack]);
        const { state, told } = watch([stream.url], HURRY);
        await until(lack, () => state().missing.includes(lack));
        const lists = stream.asked.lists.length;
        await until(`${lack} goes on`, () => stream.asked.lists.length > lists + 1 && state().lastFailure === null);
        return [lack, [...told], state().missing];
      }),
    );
    expect(found).toEqual(StreamLack.options.map((lack) => [lack, [lack], [lack]]));
  },
);

test('a stream that has everything is not blamed for anything', { timeout: 60_000 }, async () => {
  const found = await Promise.all(
    Object.entries(FAULTLESS).map(async ([name, shape]) => {
      const stream = await serve(shape);
      const { told } = watch([stream.url], HURRY);
      await until(name, () => stream.asked.lists.length >= 7 && stream.asked.segments.length >= 5);
      return [name, [...told]];
    }),
  );
  // An odd copy without times says nothing of times, and that is true.
  expect(found).toEqual(
    Object.keys(FAULTLESS).map((name) => [name, name.startsWith('one odd') ? ['no_date_time'] : []]),
  );
});

test(
  'what was mended is no longer told, but a count that began anew is told for the sitting',
  { timeout: 60_000 },
  async () => {
    const stream = await serve({ gzip: false, errorCors: null, segment: 404, shift: (n) => (n < 3 ? 0 : -1_000) });
    const { state } = watch([stream.url], HURRY);
    const all = ['listed_too_early', 'sequence_went_back', 'no_compression', 'no_cors_on_errors'];
    await until('all four', () => state().missing.length === 4);
    expect(state().missing).toEqual(all);
    Object.assign(stream.shape, { gzip: true, segment: 200 });
    await until('mended', () => state().missing.length === 2);
    // No error came since, so nothing speaks for the errors being better now.
    expect(state().missing).toEqual(['sequence_went_back', 'no_cors_on_errors']);
    stream.shape.ended = true;
    await until('ended', () => state().health === 'ended');
    expect(state().missing).toEqual(['sequence_went_back', 'no_cors_on_errors']);
  },
);

test(
  'the newest segment is asked for once a minute, by HEAD, or by one byte where HEAD is refused',
  { timeout: 60_000 },
  async () => {
    const [plain, headless] = [await serve({ delayMs: 5 }), await serve({ head: false })];
    watch([plain.url]);
    watch([headless.url], HURRY);
    await until('some lists', () => plain.asked.lists.length >= 5 && headless.asked.segments.length >= 3);
    expect(plain.asked.segments).toEqual([`HEAD /live/s${1_000 + 1 + 149}.ts`]);
    const [refused, ...rest] = headless.asked.segments;
    expect(refused).toMatch(/^HEAD /u);
    for (const line of rest) expect(line).toMatch(/^GET \/live\/s\d+\.ts bytes=0-0$/u);
  },
);

test(
  'two sources are judged apart, and a late answer of the one is not taken for the other',
  { timeout: 60_000 },
  async () => {
    const [first, second] = [await serve({ cors: null, master: null }), await serve({ gzip: false, master: null })];
    const { watcher, state, told } = watch([first.url, second.url], HURRY);
    await until('the first', () => state().missing.length > 0);
    expect(state().missing).toEqual(['no_cors']);
    first.shape.delayMs = 300;
    const asked = first.asked.lists.length;
    await until('a slow list on its way', () => first.asked.lists.length > asked);
    watcher.setStageSource('s1');
    expect(state()).toMatchObject({ sourceId: 's1', missing: [] });
    await until('the second', () => state().missing.length > 0);
    expect(state()).toMatchObject({ sourceId: 's1', missing: ['no_compression'] });
    expect(first.asked.lists.length).toBe(asked + 1);
    watcher.setStageSource('s0');
    expect(state().missing).toEqual(['no_cors']);
    expect([...told].toSorted()).toEqual(['no_compression', 'no_cors']);
  },
);

test('one answer shows nothing, two of five do, and five without it remove it', () => {
  const agreed = new AgreedCodes<'a'>();
  const after = (answers: string): string[] =>
    answers.split('').map((answer) => {
      agreed.note(answer === 'a' ? ['a'] : []);
      return agreed.codes.join('');
    });
  expect(after('a-----').join('')).toBe('');
  expect(after('a-a')).toEqual(['', '', 'a']);
  expect(after('----a').every((codes) => codes === 'a')).toBe(true);
  expect(after('-----')).toEqual(['a', 'a', 'a', 'a', '']);
});

test('an encoder that counts anew is told from an old copy of the list', () => {
  const at = (last: number, edgeS: number | null) => ({
    startSn: Math.max(0, last - 9),
    endSn: last,
    edgeAtMs: edgeS === null ? null : edgeS * 1000,
  });
  const watchAll = (lists: [number, number | null, number][]): boolean => {
    const sequence = new SequenceWatch();
    for (const [last, edgeS, atS] of lists) sequence.note(at(last, edgeS), atS * 1000);
    return sequence.wentBack;
  };
  expect(
    watchAll([
      [100, 200, 0],
      [3, 206, 6],
    ]),
  ).toBe(true);
  expect(
    watchAll([
      [100, 200, 0],
      [98, 196, 2],
      [101, 202, 4],
    ]),
  ).toBe(false);
  // Without times: low and moving for half a minute, or caught up before.
  expect(
    watchAll([
      [100, null, 0],
      [3, null, 2],
      [20, null, 33],
    ]),
  ).toBe(true);
  expect(
    watchAll([
      [100, null, 0],
      [90, null, 2],
      [99, null, 20],
      [104, null, 40],
      [99, null, 60],
    ]),
  ).toBe(false);
  expect(
    watchAll([
      [100, null, 0],
      [90, null, 2],
      [90, null, 60],
    ]),
  ).toBe(false);
  const own = new SequenceWatch();
  own.note(at(100, null), 0);
  own.restart();
  for (let s = 0; s < 60; s += 2) own.note(at(s, null), s * 1000);
  expect(own.wentBack).toBe(false);
  expect(own.slid).toBe(true);
});

test('alternatives are read from the master and from the package', () => {
  const variant = (more = ''): string => `#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=640x360${more}`;
  const read = (...lines: string[]): unknown => {
    const result = readPlaylist(`#EXTM3U\n${lines.join('\n')}\n`, { url: 'http://a.example/m.m3u8' });
    return result.ok && result.playlist.kind === 'master' ? result.playlist.alternatives : result;
  };
  const [here, there] = ['a.m3u8', 'http://b.example/a.m3u8'];
  expect(read(variant(), here)).toBe('none');
  expect(read(variant(), here, variant(',FRAME-RATE=50'), 'b.m3u8')).toBe('none');
  expect(read(variant(',AUDIO="vi"'), here, variant(',AUDIO="en"'), here)).toBe('none');
  expect(read(variant(), here, variant(), 'b.m3u8')).toBe('same_host');
  expect(read(variant(), here, variant(), there)).toBe('other_host');
  const pathways = (url: string) =>
    read(
      `#EXT-X-STREAM-INF:BANDWIDTH=400000,PATHWAY-ID="A"`,
      here,
      `#EXT-X-STREAM-INF:BANDWIDTH=410000,PATHWAY-ID="B"`,
      url,
    );
  expect([pathways('b.m3u8'), pathways(there)]).toEqual(['same_host', 'other_host']);
  expect(addSources('none', 'a', [])).toBe('none');
  expect(addSources('none', 'a', ['a'])).toBe('same_host');
  expect(addSources('same_host', 'a', ['a', 'b'])).toBe('other_host');
  expect(addSources('other_host', 'a', [])).toBe('other_host');
});

test('a segment that the list calls missing is known as a gap', () => {
  const newest = (lines: string): unknown => {
    const result = readPlaylist(`#EXTM3U\n#EXT-X-TARGETDURATION:2\n${lines}`, { url: 'http://a.example/x/l.m3u8?t=1' });
    return result.ok && result.playlist.kind === 'media' ? result.playlist.segments.at(-1) : result;
  };
  expect(newest('#EXTINF:2,\n1.ts\n#EXT-X-GAP\n#EXTINF:2,\n2.ts\n')).toMatchObject({ gap: true });
  expect(newest('#EXT-X-GAP\n#EXTINF:2,\n1.ts\r\n#EXTINF:2,\r\n2.ts?t=2\r\n')).toMatchObject({
    gap: false,
    url: 'http://a.example/x/2.ts?t=2',
  });
});

test('headers are read as caches and browsers read them', () => {
  const segments = Array.from({ length: 75 }, () => ({ durationS: 4, dated: true }));
  const playlist = { totalS: 300, segments, targetDurationS: 4 };
  const lacks = (cacheControl: string | null, cors: string | null = '*', encoding: string | null = 'gzip'): string[] =>
    findListLacks({
      playlist: playlist as unknown as MediaPlaylist,
      headers: { status: 200, cors, encoding, cacheControl, date: 'x' },
      bytes: 5_000,
      slid: true,
      alternatives: 'other_host',
    });
  expect(lacks('max-age=2')).toEqual([]);
  expect(lacks('Public, S-MaxAge=4')).toEqual([]);
  for (const none of [null, '', 'no-store', 'no-cache, max-age=2', 'max-age=0', 'public'])
    expect([none, lacks(none)]).toEqual([none, ['no_cache_lifetime']]);
  expect(lacks('max-age=1, s-maxage=5')).toEqual(['long_cache_lifetime']);
  expect(lacks('max-age=2', 'https://another.example')).toEqual(['no_cors']);
  expect(lacks('max-age=2', '*', 'identity')).toEqual(['no_compression']);
  const error = (status: number, cors: string | null) =>
    findErrorLacks({ status, cors, encoding: null, cacheControl: null, date: null });
  expect([error(503, null), error(404, '*'), error(200, null), error(407, null)]).toEqual([
    ['no_cors_on_errors'],
    [],
    null,
    null,
  ]);
});
