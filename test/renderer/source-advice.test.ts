import { expect, test } from 'vitest';
import { FaultCause } from '../../electron/contract/broadcast.ts';
import { CAUSES, isCause, type Cause } from '../../electron/shared/causes.ts';
import { adviseOnSource } from '../../renderer/console/source-advice.ts';
import { vi } from '../../renderer/i18n/vi.ts';

const WORDS = Object.keys(CAUSES).filter(isCause);
const SIDES = [...FaultCause.options, null];

/** The sentences of the card under its verdict, as they stand there. */
function say(cause: Cause | null, interrupted: FaultCause | null, isBroken: boolean): string {
  const { named, nextBy, side } = adviseOnSource(cause, interrupted, isBroken);
  const { next, cause: sides, unreachableNext, liveNext } = vi.console.source;
  const advice =
    nextBy === 'named'
      ? vi.causes.next[named!]
      : nextBy === 'side'
        ? next[interrupted!]
        : isBroken
          ? unreachableNext
          : liveNext;
  return [named && vi.causes.says[named], advice, side && sides[side]].filter(Boolean).join(' ');
}

/** What a venue would be sent to look at, or told that it cannot do. */
const SPEAKS_AGAINST: Record<FaultCause, RegExp> = {
  centre: /dây mạng|bộ phát mạng|nhà mạng|Wi-Fi|mạng khác/u,
  line: /điểm cầu không (?:phải )?sửa|Không cần làm gì ở điểm cầu|phía Trung ương/u,
  this_pc: /nhà mạng|phía Trung ương|dây mạng/u,
  unknown: /phía Trung ương|Trung ương hoặc máy chủ phát đang ngừng/u,
};

test('whatever is known of a fault, no sentence of the card speaks against the side it names', () => {
  const wrong: string[] = [];
  for (const cause of [...WORDS, null])
    for (const interrupted of SIDES)
      for (const isBroken of [true, false]) {
        const { side } = adviseOnSource(cause, interrupted, isBroken);
        const said = say(cause, interrupted, isBroken);
        if (side !== null && SPEAKS_AGAINST[side].test(said.replace(/Nguyên nhân: .+$/u, ''))) wrong.push(said);
      }
  expect(wrong).toEqual([]);
});

test('a cause that says whose fault it is comes before the side an interruption began with; one that does not gives way to it', () => {
  expect(adviseOnSource('offline', 'centre', true)).toEqual({ named: 'offline', nextBy: 'named', side: null });
  expect(adviseOnSource('offline', 'line', true)).toEqual({ named: 'offline', nextBy: 'named', side: 'line' });
  expect(adviseOnSource('no_connection', 'centre', true)).toEqual({
    named: 'no_connection',
    nextBy: 'side',
    side: 'centre',
  });
  expect(adviseOnSource('no_connection', null, true)).toEqual({ named: 'no_connection', nextBy: 'named', side: null });
  expect(adviseOnSource(null, 'centre', true)).toEqual({ named: null, nextBy: 'side', side: 'centre' });
  expect(adviseOnSource('a word of a later program', null, true)).toEqual({
    named: null,
    nextBy: 'health',
    side: null,
  });
});

test('where nothing is known of whose fault it is, nobody is sent to the carrier', () => {
  expect(say(null, null, true)).not.toMatch(/nhà mạng/u);
});
