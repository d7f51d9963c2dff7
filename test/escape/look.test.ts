import { expect, test } from 'vitest';
import { ATTEMPTS } from './attempts.ts';
import { differences, type State } from './look.ts';

const PAGE = {
  url: 'http://127.0.0.1:1/desk/',
  loadedAt: 1,
  ratio: 1,
  scale: 1,
  width: 1366,
  height: 768,
  hasFocus: true,
  window: 'fullscreen 0,0 1366×768',
};

function state(change: Partial<State> = {}, page: Partial<typeof PAGE> = {}): State {
  return {
    pages: new Map([
      ['desk', { ...PAGE, ...page }],
      ['stage', { ...PAGE, url: 'http://127.0.0.1:1/stage/', hasFocus: false }],
    ]),
    targets: ['page desk', 'page stage'],
    seen: new Map([['0x1', 'Chromium 1366×768']]),
    windows: ['0xa', '0xb'],
    active: { id: '0xa', title: 'Bàn điểm danh' },
    ...change,
  };
}

test('there are at least sixty attempts, of keys, mouse and fingers, each once', () => {
  const names = ATTEMPTS.map(({ what }) => what);
  expect(new Set(names).size).toBe(names.length);
  const of = (kind: string) => ATTEMPTS.filter((attempt) => attempt.kind === kind).length;
  expect(of('key')).toBeGreaterThanOrEqual(60);
  expect(of('mouse')).toBeGreaterThanOrEqual(20);
  expect(of('touch')).toBeGreaterThanOrEqual(5);
});

test('each way out is seen, and another window of the kiosk in front is none', () => {
  const found = (change: Partial<State>, page: Partial<typeof PAGE> = {}) =>
    differences(state(), state(change, page), 'desk').join('; ');
  expect(found({})).toBe('');
  expect(found({ active: { id: '0xb', title: 'Màn hình lớn' } }, { hasFocus: false })).toBe('');
  expect(found({ active: { id: '0xc', title: 'Open File' } })).toContain('Open File');
  expect(found({ active: null })).toContain('no window has the keys');
  expect(found({}, { hasFocus: false })).toContain('something of the browser has the keys');
  expect(found({}, { url: 'chrome://settings/' })).toContain('chrome://settings/');
  expect(found({}, { loadedAt: 2 })).toContain('loaded again');
  expect(found({}, { ratio: 1.1 })).toContain('zoomed');
  expect(found({}, { scale: 2 })).toContain('zoomed');
  expect(found({}, { window: 'minimized 0,0 1366×768' })).toContain('minimized');
  expect(found({}, { height: 700 })).toContain('another size');
  expect(found({ pages: new Map([['stage', { ...PAGE }]]) })).toContain('closed');
  expect(found({ seen: new Map([...state().seen, ['0x2', 'menu 297×349']]) })).toContain('menu 297×349');
  expect(found({ windows: ['0xa'] })).toContain('a window is gone');
  expect(found({ targets: [...state().targets, 'other devtools://x'] })).toContain('devtools');
});
