import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { badgeText, renderBadgeSheetHtml, type BadgePerson } from '../../../electron/core/attendance/badge-sheet.ts';
import { classifyScan } from '../../../electron/core/attendance/cards.ts';

const venue = {
  id: 'PX-001',
  name: 'Điểm cầu phường Đồng Xuân',
  conference: 'Hội nghị <học tập> & quán triệt',
  sittings: ['Buổi sáng, 07/02/2026'],
};
const person = (n: number, change: Partial<BadgePerson> = {}): BadgePerson => ({
  name: `Lò Thị Mẩy ${n}`,
  position: 'Bí thư',
  unitName: 'Chi bộ Bản Mới',
  badge: `T0KEN${n}`,
  ...change,
});

test('what a badge says is read back as a badge of this venue and holds no name', () => {
  const text = badgeText('PX-001', 'Ab-9_z');
  expect(classifyScan(text, 'PX-001')).toMatchObject({ kind: 'badge', token: 'Ab-9_z', isThisVenue: true });
  expect(text).toMatch(/^[\x20-\x7e]+$/u);
});

test('a sheet has one code for each person, nothing from outside, and no text that becomes markup', () => {
  const people = [person(1), person(2, { name: '<b>"Quàng" & Xôm</b>', position: null }), person(3)];
  const html = renderBadgeSheetHtml(people, venue);
  expect(html.match(/<article>/gu)).toHaveLength(3);
  expect(html.match(/<svg/gu)).toHaveLength(3);
  expect(html).toContain('&lt;b&gt;&quot;Quàng&quot; &amp; Xôm&lt;/b&gt;');
  expect(html).not.toMatch(/<script|<link|<img|url\(|src=/u);
  expect(html).not.toContain('T0KEN1');
});

test('each code on the sheet is that of its person', () => {
  const html = renderBadgeSheetHtml([person(1)], venue);
  const { size } = encode(badgeText(venue.id, 'T0KEN1'), { ecc: 'Q', border: 4 });
  const box = /viewBox="0 0 (\d+) \d+"/u.exec(html)?.[1];
  expect(Number(box) % size).toBe(0);
  expect(renderBadgeSheetHtml([person(1, { badge: 'OTHER1' })], venue)).not.toBe(html);
});
