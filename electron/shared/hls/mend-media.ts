import { attributeOf, lineEndOf, type Line } from './lines.ts';
import {
  countableDiscontinuity,
  countableSequence,
  implicitIv,
  needsWrittenIv,
  writtenNumber,
} from './sequence-numbers.ts';

const SEQUENCE = '#EXT-X-MEDIA-SEQUENCE:';
const DISCONTINUITY_SEQUENCE = '#EXT-X-DISCONTINUITY-SEQUENCE:';
const TARGET = '#EXT-X-TARGETDURATION:';
const KEY = '#EXT-X-KEY:';
/** A duration as every reader understands it, and one with something behind it that is no number. */
const DURATION = /^#EXTINF:[ \t]*(\d+(?:\.\d*)?|\.\d+)[ \t]*(?:,.*)?$/u;
const LOOSE_DURATION = /^#EXTINF:\s*(\d+(?:\.\d*)?|\.\d+)(?![\d.eE])/u;
/** What is longer than a day is no duration. */
const LONGEST_S = 86_400;
/** A segment of unknown length in a list that tells no other. */
const USUAL_S = 2;

/** Mends a list of segments: numbers, lengths, target duration. Returns `lines` themselves where nothing is wrong. */
export function mendMedia(lines: Line[], nearSequence: number | null): Line[] {
  const facts = survey(lines);
  let mended = lines.map(withPlainLength);
  if (facts.segments === 0) return mended;
  if (facts.zeroLength > 0) mended = withLengths(mended, facts);
  mended = withTarget(mended, facts);
  mended = withSequence(mended, facts, nearSequence);
  return mended.map((line) => withDiscontinuitySequence(line));
}

interface Facts {
  segments: number;
  /** Segments without a length. */
  zeroLength: number;
  /** Lengths that the list states, seconds. */
  lengths: number[];
  targetS: number | null;
  /** EXT-X-MEDIA-SEQUENCE as first written. */
  sequence: bigint;
  /** It is written once, before the segments, in digits alone. */
  sequencePlain: boolean;
}

function survey(lines: readonly Line[]): Facts {
  const facts: Facts = { segments: 0, zeroLength: 0, lengths: [], targetS: null, sequence: 0n, sequencePlain: true };
  let length: number | null = null;
  let sequences = 0;
  for (const { text } of lines) {
    if (text.startsWith('#EXTINF:')) length = lengthOf(text);
    else if (text.startsWith(SEQUENCE)) {
      const value = text.slice(SEQUENCE.length);
      const written = writtenNumber(value);
      if (sequences === 0) facts.sequence = written ?? 0n;
      sequences += 1;
      if (sequences > 1 || facts.segments > 0 || !/^ *\d+/u.test(value)) facts.sequencePlain = false;
    } else if (text.startsWith(TARGET))
      facts.targetS ??= Number(/^ *(\d+)/u.exec(text.slice(TARGET.length))?.[1] ?? NaN);
    else if (text !== '' && !text.startsWith('#')) {
      facts.segments += 1;
      if (length) facts.lengths.push(length);
      else facts.zeroLength += 1;
      length = null;
    }
  }
  return facts;
}

/** Seconds; 0 where none can be read. */
function lengthOf(tag: string): number {
  const length = Number((DURATION.exec(tag) ?? LOOSE_DURATION.exec(tag))?.[1] ?? 0);
  return length <= LONGEST_S ? length : 0;
}

/** hls.js takes what stands behind the number for the address of the segment. */
function withPlainLength(line: Line): Line {
  if (!line.text.startsWith('#EXTINF:') || DURATION.test(line.text)) return line;
  return { ...line, text: `#EXTINF:${lengthOf(line.text)},` };
}

/** Segments that claim to last no time get the time to the next date, else the usual length of this list. */
function withLengths(lines: readonly Line[], { lengths, targetS }: Facts): Line[] {
  const usualS = median(lengths) ?? (targetS || USUAL_S);
  const out: Line[] = [];
  let tag = -1;
  let date: number | null = null;
  let open: { at: number; date: number; longestS: number } | null = null;
  for (const line of lines) {
    const { text } = line;
    if (text.startsWith('#EXT-X-PROGRAM-DATE-TIME:')) {
      date = Date.parse(text.slice(text.indexOf(':') + 1));
      if (open) settleByDate(out, open, date);
      open = null;
    } else if (text.startsWith('#EXT-X-DISCONTINUITY')) open = null;
    if (text.startsWith('#EXTINF:')) tag = out.length;
    if (text !== '' && !text.startsWith('#')) {
      if (tag < 0) {
        tag = out.length;
        out.push({ text: '#EXTINF:0,', end: lineEndOf(lines) });
      }
      open = null;
      if (lengthOf(out[tag]!.text) === 0) {
        out[tag] = { ...out[tag]!, text: withLength(out[tag]!.text, usualS) };
        if (date !== null && Number.isFinite(date))
          open = { at: tag, date, longestS: 3 * Math.max(usualS, targetS || 0) };
      }
      tag = -1;
      date = null;
    }
    out.push(line);
  }
  return out;
}

function settleByDate(lines: Line[], open: { at: number; date: number; longestS: number }, nextDate: number): void {
  const lengthS = (nextDate - open.date) / 1000;
  const line = lines[open.at]!;
  if (lengthS > 0.05 && lengthS <= open.longestS) lines[open.at] = { ...line, text: withLength(line.text, lengthS) };
}

function withLength(tag: string, lengthS: number): string {
  const comma = tag.indexOf(',');
  return `#EXTINF:${Number(lengthS.toFixed(3))}${comma < 0 ? ',' : tag.slice(comma)}`;
}

function median(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

function withTarget(lines: Line[], { targetS, lengths }: Facts): Line[] {
  if (targetS !== null && Number.isFinite(targetS)) return lines;
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0) || USUAL_S;
  return withHeadLine(lines, TARGET, `${Math.max(1, Math.ceil(longest))}`);
}

function withSequence(lines: Line[], { sequence, sequencePlain, segments }: Facts, near: number | null): Line[] {
  const counted = countableSequence(sequence, segments, near);
  const same = BigInt(counted) === sequence;
  const keyed = needsWrittenIv(sequence, counted) ? withImplicitIvs(lines, sequence) : lines;
  return same && sequencePlain ? keyed : withHeadLine(keyed, SEQUENCE, String(counted));
}

/** One line of this tag, in the place of the first or, where that comes too late, behind the first line. */
function withHeadLine(lines: readonly Line[], tag: string, value: string): Line[] {
  const firstAddress = lines.findIndex((line) => line.text !== '' && !line.text.startsWith('#'));
  const at = lines.findIndex((line) => line.text.startsWith(tag));
  const line = { text: `${tag}${value}`, end: lineEndOf(lines) };
  const inPlace = at >= 0 && (firstAddress < 0 || at < firstAddress);
  const others = lines.filter((l, i) => !l.text.startsWith(tag) || (inPlace && i === at));
  if (inPlace) return others.map((l) => (l.text.startsWith(tag) ? line : l));
  return [...others.slice(0, 1), line, ...others.slice(1)];
}

/** Segments whose IV is their number get that IV in writing, because the number will be another, or is too long to be read. */
function withImplicitIvs(lines: readonly Line[], first: bigint): Line[] {
  if (!lines.some((line) => line.text.startsWith(KEY))) return [...lines];
  const out: Line[] = [];
  let key: Line | null = null;
  let from = 0;
  let sequence = first;
  for (const line of lines) {
    if (line.text.startsWith(KEY)) {
      const implicit = attributeOf(line.text, 'METHOD')?.startsWith('AES-') && attributeOf(line.text, 'IV') === null;
      key = implicit ? line : null;
      if (implicit) {
        from = out.length;
        continue;
      }
    }
    out.push(line);
    if (line.text === '' || line.text.startsWith('#')) continue;
    if (key) out.splice(from, 0, { text: `${key.text},IV=${implicitIv(sequence)}`, end: lineEndOf(lines) });
    sequence += 1n;
    from = out.length;
  }
  return out;
}

function withDiscontinuitySequence(line: Line): Line {
  if (!line.text.startsWith(DISCONTINUITY_SEQUENCE)) return line;
  const value = line.text.slice(DISCONTINUITY_SEQUENCE.length);
  const written = writtenNumber(value) ?? 0n;
  const counted = countableDiscontinuity(written);
  return BigInt(counted) === written && /^ *\d+/u.test(value)
    ? line
    : { ...line, text: `${DISCONTINUITY_SEQUENCE}${counted}` };
}
