import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PlaybackEvent, PlaybackSample } from '../../../electron/contract/broadcast.ts';
import { PlaybackEvidence, STAGE_SILENT_AFTER_MS } from '../../../electron/core/broadcast/evidence.ts';
import { SessionStore } from '../../../electron/core/store/session-store.ts';
import { Store } from '../../../electron/core/store/store.ts';
import { makePackage } from '../../support/make-package.ts';

const point = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const provinceKeys = {
  keys: {
    receiptPublicJwk: { kty: 'OKP' as const, crv: 'Ed25519', x: point },
    reportPublicJwk: { kty: 'OKP' as const, crv: 'X25519', x: point },
  },
};
const START = Date.UTC(2026, 1, 7, 0, 30);
const HOUR = 3_600_000;
let dir = '';
let now = START;
let store: Store;
let evidence: PlaybackEvidence;
let [morning, afternoon] = ['', ''];

const keys = { kek: randomBytes(32), index: randomBytes(32) };
function open(): Store {
  const clock = { now: () => now, stamp: () => ({ wallMs: now, monoMs: now - START, bootId: 'boot' }) };
  const opened = Store.open({ file: path.join(dir, 'kiosk.db'), keys, clock });
  if (!opened.ok) throw new Error(opened.error);
  return opened.store;
}

beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-evidence-'));
  now = START;
  store = open();
  const iso = (at: number) => new Date(at).toISOString();
  const plan = (id: string, at: number) => ({
    id,
    title: id,
    opensAt: iso(at - HOUR),
    startsAt: iso(at),
    endsAt: iso(at + 3 * HOUR),
  });
  const document = makePackage(provinceKeys, 'http://127.0.0.1:1', {
    now: START,
    people: 1,
    overrides: { sittings: [plan('sang', START), plan('chieu', START + 6 * HOUR)] },
  });
  store.sessions.importPackage({
    document,
    digest: 'a'.repeat(64),
    provenance: 'unsigned',
    keyId: null,
    dataKey: SessionStore.makeDataKey(),
    provinceKey: null,
  });
  [morning, afternoon] = store.sittings.listSittings(document.packageId).map((s) => s.id) as [string, string];
  evidence = new PlaybackEvidence(store);
});
afterEach(() => {
  store.close();
  rmSync(dir, { recursive: true, force: true });
});

function sample(playerSessionId: string, patch: Partial<PlaybackSample> = {}): PlaybackSample {
  return {
    playerSessionId,
    state: 'playing',
    sourceId: 'chinh',
    programmeTimeMs: now - 60_000,
    delayS: 60,
    bufferS: 20,
    framesDecoded: 1_000,
    framesDropped: 0,
    playedMs: 60_000,
    rebufferMs: 0,
    rebufferCount: 0,
    startupMs: 900,
    skippedMs: 0,
    heightPx: 720,
    bitrateKbps: 2_000,
    failovers: 0,
    recreations: 0,
    muted: false,
    audioLevel: null,
    ...patch,
  };
}
const event = (playerSessionId: string, type: PlaybackEvent['type']): PlaybackEvent => ({ playerSessionId, type });

/** The morning was shown by player `m`, and is over; the afternoon runs. */
function toTheAfternoon(): void {
  evidence.setSitting(morning);
  evidence.recordEvent(event('m', 'first_frame'));
  evidence.recordSample(sample('m'));
  evidence.setSitting(null);
  now += 5 * HOUR;
  evidence.setSitting(afternoon);
}

test('a late sample or event of the morning counts for the morning only, and makes nothing of the afternoon live', () => {
  toTheAfternoon();
  const before = evidence.getEvidence(morning);
  evidence.recordSample(sample('m', { framesDecoded: 9_000, playedMs: 600_000 }));
  evidence.recordEvent(event('m', 'last_frame_shown'));
  evidence.recordEvent(event('m', 'interruption_began'));
  expect(evidence.frameShown(afternoon)).toBe(false);
  expect(evidence.lastFrameShown(afternoon, null)).toBe(false);
  expect(evidence.stagePlaying(afternoon)).toBe(false);
  expect(evidence.broadcastMs(START + 6 * HOUR)).toBeNull();
  expect(evidence.getEvidence(afternoon)).toMatchObject({
    framesDecoded: 0,
    minutesShown: 0,
    sources: [],
    interruptions: [],
  });
  expect(store.playback.listEvents(afternoon)).toEqual([]);
  evidence.setSitting(null);
  expect(evidence.getEvidence(morning)).toEqual(before);
  // The window is there all the same.
  expect(evidence.current()?.playerSessionId).toBe('m');
});

test('a late sample that arrives between the sittings is not written into the afternoon either', () => {
  evidence.setSitting(morning);
  evidence.recordSample(sample('m'));
  evidence.setSitting(null);
  evidence.recordSample(sample('m', { framesDecoded: 2_000 }));
  evidence.setSitting(afternoon);
  expect(evidence.getEvidence(afternoon)).toMatchObject({ framesDecoded: 0, minutesShown: 0 });
  expect(evidence.frameShown(afternoon)).toBe(false);
});

test('the core knows a player of the morning after a restart too, by its samples or by a single event', () => {
  evidence.setSitting(morning);
  evidence.recordSample(sample('m'));
  evidence.recordEvent(event('n', 'first_frame'));
  evidence.setSitting(null);
  store.close();
  store = open();
  evidence = new PlaybackEvidence(store);
  evidence.setSitting(afternoon);
  for (const id of ['m', 'n']) {
    evidence.recordSample(sample(id));
    evidence.recordEvent(event(id, 'first_frame'));
  }
  expect(evidence.frameShown(afternoon)).toBe(false);
  expect(store.playback.getSittingOfSession('m')).toBe(morning);
  expect(store.playback.getSittingOfSession('n')).toBe(morning);
});

test("the afternoon's own player counts for the afternoon, and its last frame is its own", () => {
  toTheAfternoon();
  evidence.recordEvent(event('a', 'first_frame'));
  expect(evidence.frameShown(afternoon)).toBe(true);
  evidence.recordSample(sample('a', { framesDecoded: 300, playedMs: 120_000 }));
  expect(evidence.stagePlaying(afternoon)).toBe(true);
  expect(evidence.stagePlaying(morning)).toBe(false);
  expect(evidence.broadcastMs(START + 6 * HOUR)).toBe(now - 60_000 - (START + 6 * HOUR));
  // A late word of the morning in between loses nothing of the afternoon.
  now += 1_000;
  evidence.recordSample(sample('a', { framesDecoded: 325, playedMs: 121_000 }));
  evidence.recordSample(sample('m', { framesDecoded: 99_999 }));
  expect(evidence.getEvidence(afternoon)).toMatchObject({ framesDecoded: 325, sources: ['chinh'] });
  evidence.recordEvent(event('m', 'last_frame_shown'));
  expect(evidence.lastFrameShown(afternoon, null)).toBe(false);
  evidence.recordSample(sample('a', { framesDecoded: 330 }));
  evidence.recordEvent(event('a', 'last_frame_shown'));
  expect(evidence.lastFrameShown(afternoon, null)).toBe(true);
  // A sample that was under way still belongs before it; a broadcast that goes on takes it back.
  evidence.recordSample(sample('a', { framesDecoded: 340 }));
  expect(evidence.lastFrameShown(afternoon, null)).toBe(true);
  evidence.recordSample(sample('a', { framesDecoded: 500 }));
  expect(evidence.lastFrameShown(afternoon, null)).toBe(false);
});

test('a stage that says nothing for a while is not playing', () => {
  evidence.setSitting(morning);
  evidence.recordSample(sample('m'));
  now += STAGE_SILENT_AFTER_MS;
  expect(evidence.stagePlaying(morning)).toBe(true);
  now += 1;
  expect(evidence.stagePlaying(morning)).toBe(false);
  evidence.recordSample(sample('m', { state: 'stalled' }));
  expect(evidence.stagePlaying(morning)).toBe(false);
});
