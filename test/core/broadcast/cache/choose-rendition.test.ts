import { expect, test } from 'vitest';
import { chooseVariant } from '../../../../electron/core/broadcast/cache/choose-rendition.ts';
import { Playback, type CachedRendition } from '../../../../electron/contract/session-package.ts';

const variant = (height: number, bandwidth: number, codecs = 'avc1.64001f,mp4a.40.2') => ({
  url: `http://o/${height}-${bandwidth}.m3u8`,
  attributes: { BANDWIDTH: String(bandwidth), RESOLUTION: `${(height * 16) / 9}x${height}`, CODECS: codecs },
});
const LADDER = [
  variant(360, 600_000),
  variant(720, 2_000_000),
  variant(720, 3_000_000),
  variant(1080, 5_000_000),
  variant(2160, 12_000_000),
  variant(1080, 4_000_000, 'hvc1.1.6.L120,mp4a.40.2'),
];

test.each<[CachedRendition | null, number | null, string]>([
  [null, null, '1080-5000000'],
  [{ heightPx: 720 }, null, '720-3000000'],
  [{ heightPx: 720, bandwidth: 2_500_000 }, null, '720-2000000'],
  [{ bandwidth: 5_000_000 }, null, '1080-5000000'],
  [{ heightPx: 2160 }, null, '2160-12000000'],
  [{ heightPx: 480 }, null, '360-600000'],
  // The line is too slow for what the package names: a lighter one until it is not.
  [{ heightPx: 720 }, 3_000_000, '720-2000000'],
  [{ heightPx: 720 }, 100_000, '360-600000'],
  // Nothing is so light: the lightest.
  [{ heightPx: 180 }, null, '360-600000'],
  [{ bandwidth: 100_000 }, null, '360-600000'],
])('the package names %o, the line carries %s: %s', (wanted, bitsPerSecond, expected) => {
  expect(chooseVariant(LADDER, bitsPerSecond, wanted)?.url).toBe(`http://o/${expected}.m3u8`);
});

test('a package may name a rendition, by one number or by both, and by nothing else', () => {
  expect(Playback.parse({ cachedRendition: { heightPx: 720 } }).cachedRendition).toEqual({ heightPx: 720 });
  expect(Playback.parse({}).cachedRendition).toBeUndefined();
  for (const wrong of [{}, { height: 720 }, { heightPx: 0 }, { bandwidth: -1 }, 'high'])
    expect(Playback.safeParse({ cachedRendition: wrong }).success).toBe(false);
});
