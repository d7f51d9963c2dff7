import { expect, test } from 'vitest';
import { isLastFrame } from '../../../electron/core/broadcast/evidence.ts';
import { WatchedSource } from '../../../electron/core/broadcast/watched-source.ts';
import type { MediaPlaylist, Segment } from '../../../electron/shared/hls/read-playlist.ts';
import { EndWatch } from '../../../renderer/stage/player/end-watch.ts';
import { makeDice } from '../../fuzz/playlist-maker.ts';

const SEGMENT_S = 2;
const TICK_S = 0.5;
const ALLOWANCE_S = 15;
const BEGAN_MS = 1_800_000_000_000;

interface Ending {
  delayS: number;
  /** The broadcast's real end. */
  endS: number;
  /** By rendition: ENDLIST stands from one second to another, then is taken back; the list stands still meanwhile or moves on. */
  flickers: { from: number; to: number; moves: boolean }[][];
  /** By rendition: so much later than the end ENDLIST comes. */
  lateS: number[];
}

/** `now`: the rules of the product. `latched`: ENDLIST is believed at once and for good, and any last frame is the last one. */
type Rules = 'now' | 'latched';

function drawEnding(seed: number): Ending {
  const dice = makeDice(seed);
  const endS = 120 + Math.floor(dice() * 60) * SEGMENT_S;
  const renditions = 1 + Math.floor(dice() * 3);
  const together = dice() < 0.5;
  const draw = () => {
    const from = 20 + dice() * (endS - 30);
    return { from, to: Math.min(endS, from + 2 + dice() * 60), moves: dice() < 0.5 };
  };
  const common = Array.from({ length: Math.floor(dice() * 3) }, draw);
  return {
    delayS: 6 + Math.floor(dice() * 115),
    endS,
    flickers: Array.from({ length: renditions }, () =>
      together ? common : Array.from({ length: Math.floor(dice() * 3) }, draw),
    ),
    lateS: Array.from({ length: renditions }, () => (dice() < 0.5 ? 0 : dice() * 6)),
  };
}

function listAt(ending: Ending, rendition: number, atS: number): MediaPlaylist {
  const flicker = ending.flickers[rendition]!.find((f) => atS >= f.from && atS < f.to);
  const upTo = flicker && !flicker.moves ? flicker.from : Math.min(atS, ending.endS);
  const count = Math.max(1, Math.floor(upTo / SEGMENT_S));
  const segments = Array.from({ length: count }, (_, i): Segment => ({
    sn: i,
    offsetS: i * SEGMENT_S,
    durationS: SEGMENT_S,
    url: `http://o/${rendition}/${i}.ts`,
    programmeMs: BEGAN_MS + i * SEGMENT_S * 1000,
    range: null,
    gap: false,
    dated: true,
    discontinuities: 0,
    map: null,
    key: null,
  }));
  return {
    kind: 'media',
    targetDurationS: SEGMENT_S,
    startSn: 0,
    endSn: count - 1,
    segments,
    totalS: count * SEGMENT_S,
    ended: flicker !== undefined || atS >= ending.endS + ending.lateS[rendition]!,
    event: true,
  };
}

const nameOf = (rendition: number): string => `http://o/${rendition}/index.m3u8`;

/** The stage in short: what it has fetched, what it shows, and when it stops asking. */
class StageModel {
  readonly #ending: Ending;
  readonly #rules: Rules;
  #ends = new EndWatch();
  #rendition: number;
  #asking = true;
  #fetchedS = 0;
  shownS = 0;
  /** Programme second of the frame that was called the last, when it was. */
  lastFrameS: number | null = null;

  constructor(ending: Ending, rules: Rules) {
    this.#ending = ending;
    this.#rules = rules;
    this.#rendition = ending.flickers.length - 1;
  }

  tick(atS: number): void {
    const wanted = atS - this.#ending.delayS;
    if (this.#asking && atS % SEGMENT_S === 0) this.#ask(atS);
    const from = this.shownS;
    this.shownS = Math.max(this.shownS, Math.min(this.#fetchedS, this.shownS + TICK_S, wanted));
    if (this.shownS > from) this.lastFrameS = null;
    if (!this.#asking && this.shownS >= this.#fetchedS && this.lastFrameS === null) this.lastFrameS = this.shownS;
    // After the last frame the source is asked whether it goes on.
    if (this.lastFrameS !== null && atS % 4 === 0) this.#askForReturn(atS);
  }

  #ask(atS: number): void {
    const list = listAt(this.#ending, this.#rendition, atS);
    this.#fetchedS = Math.max(this.#fetchedS, list.totalS);
    if (this.#rules === 'latched') {
      this.#asking = !list.ended;
      return;
    }
    const key = nameOf(this.#rendition);
    this.#ends.note(key, list);
    if (list.ended)
      for (let other = 0; other < this.#ending.flickers.length; other++)
        if (other !== this.#rendition) this.#ends.note(nameOf(other), listAt(this.#ending, other, atS));
    const alive = this.#ends.outlivedBy(key);
    if (alive !== null) this.#rendition = Number(/\d+/.exec(alive)![0]);
    else if (list.ended && this.#ends.mayPassOn(key, list.totalS - this.shownS)) this.#asking = false;
  }

  #askForReturn(atS: number): void {
    const lists = this.#ending.flickers.map((_, rendition) => listAt(this.#ending, rendition, atS));
    const open = this.#rules === 'latched' ? (lists[0]!.ended ? -1 : 0) : lists.findIndex((list) => !list.ended);
    if (open < 0) return;
    this.#asking = true;
    this.#ends = new EndWatch();
    this.#rendition = open;
  }
}

/** Plays one ending; when the report was sealed, and the programme second that had been shown by then. */
function play(ending: Ending, rules: Rules): { sealedAtS: number | null; shownS: number } {
  const stage = new StageModel(ending, rules);
  const source = new WatchedSource();
  const variants = ending.flickers.map((_, i) => ({ url: nameOf(i), attributes: { BANDWIDTH: String(i + 1) } }));
  source.noteMaster({
    kind: 'master',
    variants,
    renditionUrls: [],
    sounds: [],
    alternatives: 'none',
    variables: new Map(),
  });
  let endingAtS: number | null = null;
  let edgeMs: number | null = null;
  for (let atS = 0; atS < ending.endS + ending.delayS + 120; atS += TICK_S) {
    const shownBefore = stage.shownS;
    stage.tick(atS);
    if (atS % SEGMENT_S === 1) {
      for (let asked = 0; asked <= variants.length; asked++) {
        const { url } = source.next('master');
        const list = listAt(ending, Number(/\d+/.exec(url)![0]), atS);
        const verdict = rules === 'latched' ? (list.ended ? 'ended' : 'open') : source.noteList(url, list, false);
        if (verdict === 'ask_another') continue;
        edgeMs = verdict === 'ended' ? BEGAN_MS + list.totalS * 1000 : null;
        endingAtS = verdict === 'ended' ? (endingAtS ?? atS) : null;
        break;
      }
    }
    if (endingAtS === null) continue;
    const edge = edgeMs === null || rules === 'latched' ? null : { atMs: edgeMs, targetDurationMs: SEGMENT_S * 1000 };
    const { lastFrameS } = stage;
    const shown = lastFrameS !== null && isLastFrame(BEGAN_MS + lastFrameS * 1000, edge);
    const overdue = atS >= endingAtS + ending.delayS + ALLOWANCE_S && stage.shownS === shownBefore;
    if (shown || overdue) return { sealedAtS: atS, shownS: stage.shownS };
  }
  return { sealedAtS: null, shownS: stage.shownS };
}

/** An end that is taken back and stands for longer than all that was left to show cannot be told from the real one by anybody. */
function isDecidable(ending: Ending): boolean {
  const everybodyEnds = (atS: number) => ending.flickers.every((_, r) => listAt(ending, r, atS).ended);
  let since: number | null = null;
  for (let atS = 0; atS < ending.endS; atS += TICK_S) {
    since = everybodyEnds(atS) ? (since ?? atS) : null;
    // Two lists and the last margin: from there on the end is passed on.
    if (since !== null && atS - since > ending.delayS - 8) return false;
  }
  return true;
}

function judge(rules: Rules): { played: number; lost: number[] } {
  let played = 0;
  const lost: number[] = [];
  for (let seed = 1; seed <= 300; seed++) {
    const ending = drawEnding(seed);
    if (!isDecidable(ending)) continue;
    played += 1;
    const { sealedAtS, shownS } = play(ending, rules);
    if (sealedAtS === null || shownS < ending.endS - SEGMENT_S || sealedAtS < ending.endS + ending.delayS - SEGMENT_S)
      lost.push(seed);
  }
  return { played, lost };
}

test(
  'whatever ENDLIST does, the last frame shown is the last of the broadcast, and the report is sealed after it',
  { timeout: 120_000 },
  () => {
    const { played, lost } = judge('now');
    expect(lost).toEqual([]);
    expect(played).toBeGreaterThan(100);
  },
);

test(
  'control: an ENDLIST that is believed at once and for good loses the end of the broadcast',
  { timeout: 120_000 },
  () => {
    expect(judge('latched').lost.length).toBeGreaterThan(25);
  },
);

test('a frame counts as the last only where the ended list ends, and dates can tell', () => {
  const edge = { atMs: 100_000, targetDurationMs: 6_000 };
  expect(isLastFrame(99_960, edge)).toBe(true);
  expect(isLastFrame(94_000, edge)).toBe(true);
  expect(isLastFrame(52_000, edge)).toBe(false);
  expect(isLastFrame(null, edge)).toBe(true);
  expect(isLastFrame(52_000, null)).toBe(true);
});
