import { expect, test, type Page } from '@playwright/test';
import { buildReport } from '../../electron/core/report/build-report.ts';
import { renderPaperSheetHtml } from '../../electron/core/report/documents/paper-sheet.ts';
import { FONTS, GOVERNMENT, NONE, PARTY, page as reportPage } from '../support/document-pages.ts';
import { LONG_TITLE, VENUE_UNITS } from '../support/layout-cases.ts';
import { sampleFacts, SITTING_START } from '../support/sample-report.ts';

/** Papers as they are laid out on A4, less the margins of 30 and 15 mm: 165 mm wide. */
const PAPER_WIDTH_PX = Math.round((165 / 25.4) * 96);

async function show(page: Page, html: string): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: PAPER_WIDTH_PX, height: 1000 });
  await page.setContent(html);
  await page.evaluate(() => document.fonts.ready);
}

/** Texts whose last line is one short word alone: at most so many letters. */
const listWidows = (page: Page, where: string, letters: number): Promise<string[]> =>
  page.locator(where).evaluateAll(
    (found, most) =>
      found.flatMap((element) => {
        const text = element.firstChild;
        if (!(text instanceof Text)) return [];
        const range = document.createRange();
        let last = { top: -1, word: '', words: 0 };
        let lines = 0;
        for (const { 0: word, index } of text.data.matchAll(/[^\s\u00a0]+/gu)) {
          range.setStart(text, index);
          range.setEnd(text, index + word.length);
          const top = Math.round(range.getBoundingClientRect().top);
          if (top === last.top) last.words += 1;
          else {
            last = { top, word, words: 1 };
            lines += 1;
          }
        }
        return lines > 1 && last.words === 1 && last.word.length <= most ? [text.data.trim()] : [];
      }),
    letters,
  );

function reportWithUnits() {
  const facts = sampleFacts({ people: 300 });
  const [first] = facts.units;
  const units = VENUE_UNITS.map((unitName, i) => ({ ...first!, unitId: `u-${i}`, unitName }));
  facts.package.conference.title = LONG_TITLE;
  return buildReport({ ...facts, units });
}

test('no name of a unit ends in a word alone on its line, and no title breaks inside a word, in any layout', async ({
  page,
}) => {
  for (const layout of [PARTY, GOVERNMENT, NONE]) {
    await show(page, reportPage(reportWithUnits(), layout));
    expect(
      await page
        .locator('td')
        .filter({ hasText: /^Chi bộ/u })
        .count(),
    ).toBeGreaterThan(10);
    expect(await listWidows(page, 'td', 7)).toEqual([]);
    expect(await listWidows(page, 'p.centre', 12)).toEqual([]);
    expect(await page.locator('p.centre').nth(0).textContent()).toContain('phát\u00a0triển kinh\u00a0tế');
  }
  await page.addStyleTag({ content: 'td { text-wrap-style: auto !important }' });
  expect(await listWidows(page, 'td', 7)).toContain('Chi bộ Văn phòng Đảng ủy');
});

test('without party or state over it the date stands on the line of the office', async ({ page }) => {
  await show(page, reportPage(reportWithUnits(), { ...NONE, place: 'Phường Ví Dụ' }));
  const tops = await page
    .locator('.head > div > p:first-child')
    .evaluateAll((found) => found.map((p) => Math.round(p.getBoundingClientRect().top)));
  expect(tops).toHaveLength(2);
  expect(tops[1]).toBe(tops[0]);
});

test('on the sheet for a day without power no position touches the lines of its row; without a list it says how to write', async ({
  page,
}) => {
  const sheet = (people: number) =>
    renderPaperSheetHtml(
      {
        conference: LONG_TITLE,
        venue: { id: 'PX-001', name: 'Hội trường phường Mẫu' },
        sitting: { title: 'Buổi sáng', startsAt: SITTING_START },
        people: Array.from({ length: people }, (_, i) => ({
          name: 'Nguyễn Thị Phương Thảo',
          birthYear: 1950 + i,
          position: 'Phó Chủ tịch Ủy ban Mặt trận Tổ quốc Việt Nam phường, Chủ tịch Hội Cựu chiến binh',
          unitName: VENUE_UNITS[i % VENUE_UNITS.length]!,
        })),
        rehearsal: false,
        printedAt: SITTING_START,
      },
      NONE,
      { fonts: FONTS },
    );
  await show(page, sheet(28));
  const gaps = await page.locator('td.small').evaluateAll((cells) =>
    cells.flatMap((cell) => {
      if (!cell.textContent) return [];
      const range = document.createRange();
      range.selectNodeContents(cell);
      const [text, box] = [range.getBoundingClientRect(), cell.getBoundingClientRect()];
      return [Math.min(text.top - box.top, box.bottom - text.bottom)];
    }),
  );
  expect(gaps).toHaveLength(28);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1.2);
  await expect(page.getByText('theo số thứ tự')).toBeVisible();
  await show(page, sheet(0));
  await expect(page.getByText('theo số thứ tự')).toHaveCount(0);
  await expect(page.getByText('“Người ở dòng trống”')).toBeVisible();
});
