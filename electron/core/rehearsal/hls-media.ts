import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { assert } from '../../shared/result.ts';

/** Index of the rehearsal media, written by build/media.mjs. Each rendition is one file of segments of `segmentBytes` one after another. */
const MediaIndex = z.strictObject({
  format: z.literal('rehearsal-media/1'),
  frameRate: z.number().positive(),
  segmentMs: z.int().positive(),
  loopMs: z.int().positive(),
  renditions: z
    .array(
      z.strictObject({
        name: z.string().regex(/^\w+$/),
        file: z.string().regex(/^[\w.-]+$/),
        width: z.int().positive(),
        height: z.int().positive(),
        bandwidth: z.int().positive(),
        averageBandwidth: z.int().positive(),
        codecs: z.string(),
        segmentBytes: z.array(z.int().positive()).min(1),
      }),
    )
    .min(1),
});
export type MediaIndex = z.infer<typeof MediaIndex>;
export type Rendition = MediaIndex['renditions'][number] & { segments: Uint8Array[] };

/** The loop in memory (about 4 MB). Throws when the files are missing or do not fit their index: a broken installation. */
export function getRehearsalMedia(mediaDir: string): { index: MediaIndex; renditions: Rendition[] } {
  const index = MediaIndex.parse(JSON.parse(fs.readFileSync(path.join(mediaDir, 'media.json'), 'utf8')));
  const renditions = index.renditions.map((rendition) => {
    const bytes = fs.readFileSync(path.join(mediaDir, rendition.file));
    let from = 0;
    const segments = rendition.segmentBytes.map((length) => bytes.subarray(from, (from += length)));
    assert(from === bytes.length, `${rendition.file} is not as long as its index says`);
    assert(segments.length * index.segmentMs === index.loopMs, `${rendition.file} does not fill the loop`);
    return { ...rendition, segments };
  });
  return { index, renditions };
}
