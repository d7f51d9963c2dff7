import { expect, test } from 'vitest';
import { HallPlace } from '../../../../electron/core/broadcast/cache/hall-place.ts';

test('the hall moves with the clock, stands at the end of what there is, and goes on from there', () => {
  const place = new HallPlace(100);
  expect(place.at(5000, 400)).toBe(100);
  place.start(5000);
  expect(place.at(15_000, 400)).toBe(110);
  expect(place.at(400_000, 400)).toBe(400);
  expect(place.at(500_000, 400)).toBe(400);
  // Ten minutes of outage later the cache grows again: nothing is skipped.
  expect(place.at(500_000, 700)).toBe(400);
  expect(place.at(502_000, 700)).toBe(402);
});

test('what the stage shows puts it right, but not while the stage is on its way to another place', () => {
  const place = new HallPlace(100);
  place.start(0);
  place.noteShown(100.5, 0, 1);
  expect(place.at(0, 400)).toBe(100);
  place.noteShown(92, 0, 1);
  expect(place.at(1000, 400)).toBe(93);
  place.jump(300, 1000, 15_000);
  place.noteShown(94, 2000, 1);
  expect(place.at(2000, 400)).toBe(301);
  place.noteShown(290, 17_000, 1);
  expect(place.at(17_000, 400)).toBe(290);
});
