import { expect, test } from 'vitest';
import { mendPlaylist } from '../../electron/shared/hls/mend-playlist.ts';
import { readPlaylist } from '../../electron/shared/hls/read-playlist.ts';
import {
  writeMasterPlaylist,
  writeMediaPlaylist,
  type WrittenSegment,
} from '../../electron/shared/hls/write-playlist.ts';

const URL = 'http://cache.invalid/main.m3u8';

/** Numbers that look random and are the same in each run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

test('what is written is read back as it was meant, and needs no mending', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const roll = dice(seed);
    const startSn = Math.floor(roll() * 1e6);
    const keyed = roll() < 0.5;
    const mapped = roll() < 0.5;
    const segments = Array.from({ length: 1 + Math.floor(roll() * 12) }, (_, i): WrittenSegment => ({
      url: `${startSn + i}.seg`,
      durationS: Number((1 + roll() * 5).toFixed(3)),
      programmeMs: seed % 3 === 0 ? null : 1_790_000_000_000 + i * 4000,
      discontinuity: roll() < 0.2,
      gap: roll() < 0.1,
      mapUrl: mapped ? `map-${Math.floor(roll() * 2)}.init` : null,
      key:
        keyed && roll() < 0.7 ? { method: 'AES-128', url: `key-${i % 2}`, iv: String(i % 10).padStart(32, '0') } : null,
    }));
    const text = writeMediaPlaylist({
      segments,
      startSn,
      discontinuities: 3,
      targetDurationS: 6,
      ended: seed % 2 === 0,
    });
    const origin = { url: URL, masterVariables: null, nearSequence: null };
    expect(mendPlaylist(text, origin)).toMatchObject({ ok: true, text });
    const read = readPlaylist(text, { url: URL });
    if (!read.ok || read.playlist.kind !== 'media') throw new Error(`seed ${seed}: ${text}`);
    const { playlist } = read;
    expect([playlist.startSn, playlist.ended]).toEqual([startSn, seed % 2 === 0]);
    let breaks = 3;
    expect(
      playlist.segments.map(({ url, durationS, gap, map, key, discontinuities }) => ({
        url,
        durationS,
        gap,
        map: map?.url ?? null,
        key: key && [key.method, key.url, key.iv],
        discontinuities,
      })),
    ).toEqual(
      segments.map((s, i) => ({
        url: `http://cache.invalid/${s.url}`,
        durationS: s.durationS,
        gap: s.gap,
        map: s.mapUrl && `http://cache.invalid/${s.mapUrl}`,
        key: s.key && [s.key.method, `http://cache.invalid/${s.key.url}`, s.key.iv],
        discontinuities: (breaks += s.discontinuity && i > 0 ? 1 : 0),
      })),
    );
    if (seed % 3 !== 0) expect(playlist.segments[0]!.programmeMs).toBe(1_790_000_000_000);
  }
});

test('a master with sound of its own names it, whatever stands in its name', () => {
  const master = writeMasterPlaylist({
    bandwidth: 800_000.4,
    resolution: '1280x720',
    codecs: 'avc1.64001f,mp4a.40.2',
    listUrl: 'main.m3u8',
    sound: { url: 'sound.m3u8', name: 'Tiếng "Việt"\n', language: 'vi' },
  });
  const read = readPlaylist(master, { url: URL });
  if (!read.ok || read.playlist.kind !== 'master') throw new Error(master);
  expect(read.playlist.variants).toHaveLength(1);
  expect(read.playlist.variants[0]).toMatchObject({
    url: 'http://cache.invalid/main.m3u8',
    attributes: { BANDWIDTH: '800000', RESOLUTION: '1280x720', CODECS: 'avc1.64001f,mp4a.40.2', AUDIO: 'sound' },
  });
  expect(read.playlist.sounds).toEqual([
    { group: 'sound', name: 'Tiếng Việt', language: 'vi', isDefault: true, url: 'http://cache.invalid/sound.m3u8' },
  ]);
});
