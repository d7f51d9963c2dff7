import { expect, test } from 'vitest';
import type { StageView } from '../../electron/contract/api.ts';
import { chooseLayer } from '../../renderer/stage/layer.ts';
import { findSink } from '../../renderer/stage/use-sink.ts';

const SITTING = {
  id: 's1',
  title: 'Buổi sáng',
  state: 'open',
  opensAt: 1,
  startsAt: 2,
  endsAt: 3,
  ending: false,
  endedAt: null,
  endedBy: null,
} as const;

function createView(change: Partial<StageView> = {}): StageView {
  return {
    now: 0,
    rehearsal: false,
    conference: 'Hội nghị thử',
    organiser: null,
    venue: { id: 'v', name: 'Thử Nghiệm' },
    address: 'dong_chi',
    hotline: null,
    sitting: SITTING,
    scene: 'broadcast',
    sources: [{ id: 'a', url: 'http://127.0.0.1/a.m3u8' }],
    delaySeconds: 75,
    audioLanguage: 'vi',
    afterOutage: 'complete',
    cmcd: 'off',
    cmcdSessionId: 'c',
    notice: null,
    sound: { deviceId: null, deviceLabel: null, testToneAt: null, volume: 100, muted: false },
    preview: false,
    identifyUntil: null,
    language: 'vi',
    backToLive: 0,
    topic: null,
    nextSitting: null,
    source: 'live',
    displays: 2,
    helpAskedAt: null,
    ...change,
  };
}

const never = { shown: false, seen: false };
const gone = { shown: false, seen: true };
const moving = { shown: true, seen: true };

test('nothing ever covers a moving picture', () => {
  for (const source of ['none', 'waiting', 'live', 'stale', 'unreachable', 'ended'] as const)
    expect(chooseLayer(createView({ source }), moving)).toEqual({ layer: 'picture' });
  expect(chooseLayer(createView({ sitting: { ...SITTING, ending: true } }), moving)).toEqual({ layer: 'picture' });
});

test('a picture that never came is waited for, one that went is announced as interrupted', () => {
  expect(chooseLayer(createView(), never)).toEqual({ layer: 'waiting', reason: 'no_signal' });
  expect(chooseLayer(createView(), gone)).toEqual({ layer: 'held', cause: 'unknown' });
  expect(chooseLayer(createView({ source: 'stale' }), gone)).toEqual({ layer: 'held', cause: 'centre' });
});

test('after the last frame of an ended broadcast the sitting is said to be over', () => {
  expect(chooseLayer(createView({ source: 'ended' }), gone)).toEqual({ layer: 'ended' });
  expect(chooseLayer(createView({ sitting: { ...SITTING, ending: true } }), gone)).toEqual({ layer: 'ended' });
});

test('a sitting without sources says that the picture comes from elsewhere', () => {
  expect(chooseLayer(createView({ sources: [], source: 'none' }), never)).toEqual({
    layer: 'waiting',
    reason: 'no_source',
  });
});

test('the countdown is to the sitting that is open, not to the one after it', () => {
  const layer = chooseLayer(
    createView({ scene: 'countdown', nextSitting: { title: 'Buổi chiều', startsAt: 99 } }),
    never,
  );
  expect(layer).toEqual({ layer: 'countdown', title: 'Buổi sáng', startsAt: 2 });
});

test('between sittings and after the last there is a slate whatever the player last said', () => {
  const next = { title: 'Buổi chiều', startsAt: 99 };
  expect(chooseLayer(createView({ scene: 'break', nextSitting: next }), moving)).toEqual({ layer: 'break', next });
  expect(chooseLayer(createView({ scene: 'closing' }), gone)).toEqual({ layer: 'closing' });
  expect(chooseLayer(null, never)).toEqual({ layer: 'starting' });
});

test('a loudspeaker is found by id, else by name, and keeps its id while it is away', () => {
  const devices = [
    { kind: 'audioinput', deviceId: 'x', label: 'Loa hội trường' },
    { kind: 'audiooutput', deviceId: 'new', label: 'Loa hội trường' },
    { kind: 'audiooutput', deviceId: 'b', label: 'HDMI' },
  ] as const;
  expect(findSink(devices, 'b', null)).toBe('b');
  expect(findSink(devices, 'old', 'Loa hội trường')).toBe('new');
  expect(findSink(devices, 'old', 'Loa khác')).toBe('old');
});
