import { expect, test } from '@playwright/test';
import { renderBadgeSheetHtml } from '../../electron/core/attendance/badge-sheet.ts';
import { LONG_TITLE } from '../support/layout-cases.ts';

/** A code that is cut off is read by no scanner, and a badge is as large as the others whatever stands on it. */
test('on a badge with the longest words the code is whole, every text is inside, and ten badges fill a sheet', async ({
  page,
}) => {
  const people = Array.from({ length: 10 }, (_, i) => ({
    name: i % 2 === 0 ? 'Nguyễn Hoàng Thị Phương Thảo Nguyên' : 'Lò Ới',
    position: i === 1 ? null : 'Ủy viên Ban Thường vụ, Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam phường, Trưởng khối',
    unitName: i === 1 ? null : 'Đảng bộ bộ phận Trung tâm Y tế khu vực Thử Nghiệm và các trạm y tế trực thuộc',
    badge: `T0KEN${i}`,
  }));
  const venue = {
    id: 'DC-0107',
    name: 'Điểm cầu Hội trường Trung tâm Văn hóa – Thông tin phường Thử Nghiệm',
    conference: LONG_TITLE,
    sittings: ['Buổi sáng, 07/02/2026', 'Buổi chiều, 07/02/2026'],
  };
  await page.emulateMedia({ media: 'print' });
  await page.setContent(renderBadgeSheetHtml(people, venue));
  const badges = await page.locator('article').evaluateAll((articles) =>
    articles.map((article) => {
      const box = article.getBoundingClientRect();
      const isInside = (element: Element): boolean => {
        const { top, right, bottom, left } = element.getBoundingClientRect();
        return top >= box.top && bottom <= box.bottom + 0.5 && left >= box.left && right <= box.right + 0.5;
      };
      const code = article.querySelector('svg')!.getBoundingClientRect();
      return {
        height: Math.round(box.height),
        code: [Math.round(code.width), Math.round(code.height)],
        outside: [...article.querySelectorAll('svg, h2, p')].filter((element) => !isInside(element)).length,
      };
    }),
  );
  // 54 and 38 mm.
  expect(badges).toEqual(people.map(() => ({ height: 204, code: [144, 144], outside: 0 })));
});
