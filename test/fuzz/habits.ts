import { makeDice } from './playlist-maker.ts';

/** One way in which encoders, packagers and caches write lists that not every reader understands alike. */
export interface Habit {
  name: string;
  mangle(text: string, kind: 'master' | 'media', asked: number): string;
}

const media = (name: string, mangle: (text: string, asked: number) => string): Habit => ({
  name,
  mangle: (text, kind, asked) => (kind === 'media' ? mangle(text, asked) : text),
});

const shift = (by: bigint) => (text: string) =>
  text.replace(/^#EXT-X-MEDIA-SEQUENCE:(-?\d+)/mu, (_tag, n: string) => `#EXT-X-MEDIA-SEQUENCE:${BigInt(n) + by}`);

/** Changes every `nth` EXTINF, the same ones in each list: counted by the name of the segment. */
const everyNth = (nth: number, change: (tag: string) => string) => (text: string) =>
  text.replace(
    /^(#EXTINF:.*)(\r?\n)((?:#.*\r?\n)*)(.*seg-(\d+).*)$/gmu,
    (whole, tag: string, end: string, between: string, address: string, n: string) =>
      Number(n) % nth === 0 ? change(tag) + end + between + address : whole,
  );

export const HABITS: readonly Habit[] = [
  { name: 'byte order mark', mangle: (text) => `\uFEFF${text}` },
  { name: 'CRLF', mangle: (text) => text.replaceAll('\n', '\r\n') },
  { name: 'blank behind the first tag', mangle: (text) => text.replace('#EXTM3U', '#EXTM3U ') },
  { name: 'blank lines in front', mangle: (text) => `\n  \n${text}` },
  media('indented', (text) => text.replaceAll(/^#/gmu, '  #').trimStart()),
  media('blanks behind addresses', (text) => text.replaceAll(/^([^#\s].*)$/gmu, '$1  ')),
  media('no target duration', (text) => text.replace(/^#EXT-X-TARGETDURATION.*\n/mu, '')),
  media('fractional target duration', (text) =>
    text.replace(/^#EXT-X-TARGETDURATION.*$/mu, '#EXT-X-TARGETDURATION:2.5'),
  ),
  media('negative sequence', shift(-1_031_974_141n)),
  media('sequence of 64 bits', shift(2n ** 63n)),
  media('sequence with a sign', (text) => text.replace('MEDIA-SEQUENCE:', 'MEDIA-SEQUENCE:+')),
  media('sequence written twice', (text) => `${text}#EXT-X-MEDIA-SEQUENCE:1\n`),
  media('negative discontinuity sequence', (text) =>
    text.replace('#EXT-X-MEDIA', '#EXT-X-DISCONTINUITY-SEQUENCE:-4\n#EXT-X-MEDIA'),
  ),
  media(
    'EXTINF:0 now and then',
    everyNth(7, () => '#EXTINF:0,'),
  ),
  media(
    'EXTINF:nan now and then',
    everyNth(9, () => '#EXTINF:nan,'),
  ),
  media(
    'title without a comma',
    everyNth(5, (tag) => tag.replace(',', 'live')),
  ),
  media('tags that nobody knows', (text) => text.replaceAll(/^(#EXTINF.*)$/gmu, '#EXT-X-CUE:ID=7,\n# note\n$1')),
  media('cut every other time', (text, asked) =>
    asked % 2 === 0 ? text.slice(0, text.lastIndexOf('seg-') + 5) : text,
  ),
  media('dates now and then', (text) =>
    text.replaceAll(/^#EXT-X-PROGRAM-DATE-TIME.*\n(?=#EXTINF.*\n.*[1-9]\.ts)/gmu, ''),
  ),
  media('a wish where to start', (text) => text.replace('#EXTM3U', '#EXTM3U\n#EXT-X-START:TIME-OFFSET=-2')),
  {
    name: 'target duration in the master',
    mangle: (text, kind) => (kind === 'master' ? text.replace('#EXTM3U', '#EXTM3U\n#EXT-X-TARGETDURATION:2') : text),
  },
  {
    name: 'codecs that nobody knows',
    mangle: (text, kind) => (kind === 'master' ? text.replaceAll(/CODECS="[^"]*"/gu, 'CODECS="h264,aac"') : text),
  },
  {
    name: 'addresses by variables',
    mangle: (text, kind) =>
      kind === 'master'
        ? text.replace('#EXTM3U', '#EXTM3U\n#EXT-X-DEFINE:NAME="part",VALUE="seg"')
        : text.replace('#EXTM3U', '#EXTM3U\n#EXT-X-DEFINE:IMPORT="part"').replaceAll(/^seg-/gmu, '{$part}-'),
  },
];

/** Two to four habits together, the same for the same seed. */
export function drawHabits(seed: number): Habit[] {
  const dice = makeDice(seed);
  const left = [...HABITS];
  const drawn = Array.from(
    { length: 2 + Math.floor(dice() * 3) },
    () => left.splice(Math.floor(dice() * left.length), 1)[0]!,
  );
  // What is cut off is the end of the text as it was sent.
  return drawn.toSorted((a, b) => Number(a.name.startsWith('cut')) - Number(b.name.startsWith('cut')));
}
