import { expect, test } from 'vitest';
import { bareVenueName, venueTitle } from '../../electron/shared/venue-name.ts';

test('the word "điểm cầu" stands once before a venue’s name, however the list writes it', () => {
  const names: [string, string][] = [
    ['phường Đồng Xuân', 'Điểm cầu phường Đồng Xuân'],
    ['Điểm cầu phường Đồng Xuân', 'Điểm cầu phường Đồng Xuân'],
    ['ĐIỂM CẦU: Phường Đồng Xuân', 'Điểm cầu Phường Đồng Xuân'],
    ['Điểm cầu - xã Ea Súp'.normalize('NFD'), 'Điểm cầu xã Ea Súp'],
    ['điểm cầu Điểm cầu số 3', 'Điểm cầu số 3'],
    ['Điểm cầu', 'Điểm cầu'],
  ];
  expect(names.map(([name]) => [name, venueTitle(name)])).toEqual(names);
  expect(bareVenueName('Điểm cầu trung tâm')).toBe('trung tâm');
  expect(bareVenueName('Hội trường điểm cầu 2')).toBe('Hội trường điểm cầu 2');
});
