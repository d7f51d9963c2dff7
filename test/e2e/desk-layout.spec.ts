import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { FakeCore } from '../support/fake-core-views.ts';
import { createPerson } from '../support/fake-core-answers.ts';
import { listBoxFaults, spoil } from '../support/box-faults.ts';
import { expect, listAxeViolations, settle, test } from '../support/window-test.ts';
import { LAYOUT_SIZES as SIZES, LONG_TITLE, VENUE_UNITS as UNITS } from '../support/layout-cases.ts';

/** Pictures of every state, for people to look at. */
const SHOTS = path.resolve(import.meta.dirname, '../../test-results/desk');
const TITLES = {
  short: 'Hội nghị trực tuyến',
  long: LONG_TITLE,
};
const NAMES = ['Nguyễn Văn Đức', 'Nguyễn Thị Phương Thảo', 'Đặng Hữu Hạnh', 'Trần Thị Bích Ngọc', 'Phạm An'];
const LETTERS = 'AĂÂBCDĐGHKLMNPQSTVXY'.split('');

const peopleOf = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    createPerson(`x${i}`, NAMES[i % NAMES.length]!, {
      birthYear: 1950 + i,
      unit: UNITS[i % UNITS.length]!,
      signedInAt: i % 7 === 3 ? Date.now() : null,
      ...(i === 5 ? { alike: 'all' as const } : {}),
    }),
  );

/** A venue as it is: six found by a name and more beyond, 14 units, a unit of thirty and a large one. */
function furnish(core: FakeCore, conference: string): void {
  core.desk({ rehearsal: true, conference });
  core.answer('desk/search', { ok: true, people: peopleOf(6), more: true });
  core.answer('desk/browse', ({ unitId, initial }) => {
    if (unitId === undefined)
      return {
        ok: true,
        step: 'units',
        units: UNITS.map((unitName, i) => ({ unitId: `u${i}`, unitName, people: 20 })),
      };
    if (unitId === 'u0' && initial === undefined)
      return { ok: true, step: 'initials', unitId, initials: LETTERS.map((letter) => ({ letter, people: 3 })) };
    return { ok: true, step: 'people', unitId, initial: initial ?? null, people: peopleOf(initial ? 5 : 30) };
  });
}

const MAY_END_IN_DOTS =
  '.desk-header h1, .person-row .person-name, .person-facts, .browse-title p, .greeting-roll-call, .desk-privacy-short';
const faultsOf = (page: Page) => listBoxFaults(page, { root: '.desk', mayEndInDots: MAY_END_IN_DOTS });
const wholeIn = (page: Page, what: string, list: string) =>
  page.locator(what).evaluateAll((found, list) => {
    const outer = document.querySelector(list)!.getBoundingClientRect();
    return found.filter((each) => {
      const box = each.getBoundingClientRect();
      return box.top >= outer.top - 1 && box.bottom <= outer.bottom + 1;
    }).length;
  }, list);

/** Each state of the desk, in the order in which one leads to the next. */
async function walk(page: Page, core: FakeCore, check: (state: string) => Promise<void>): Promise<void> {
  const outcome = page.getByTestId('outcome');
  const letters = page.locator('.desk-letters');
  const person = peopleOf(6)[5]!;
  await check('idle');
  core.desk({ rollCall: { id: 'r1', title: 'Sau giờ giải lao buổi sáng' } });
  await letters.click();
  await check('idle, roll call, large letters');
  await page.keyboard.type('duc');
  await expect(page.locator('.person')).toHaveCount(6);
  await check('results, large letters');
  await letters.click();
  await check('results');
  expect(await wholeIn(page, '.person', '.results-list')).toBeGreaterThanOrEqual(4);
  core.answer('desk/search', { ok: true, people: [], more: false });
  await page.keyboard.type('x');
  await expect(page.locator('.results-note')).toBeVisible();
  await check('nobody found');
  await page.keyboard.press('Escape');
  await page.locator('.other-browse').click();
  await expect(page.locator('.browse-choice')).toHaveCount(UNITS.length);
  await check('units');
  expect(await wholeIn(page, '.browse-choice', '.browse-list')).toBe(UNITS.length);
  await page.getByRole('button', { name: UNITS[0]!, exact: true }).click();
  await expect(page.locator('.browse-letter')).toHaveCount(LETTERS.length);
  await check('letters');
  await page.locator('.browse-letter').first().click();
  await expect(page.locator('.person')).toHaveCount(5);
  await check('few people');
  await page.locator('.browse-head button').first().click();
  await page.locator('.browse-head button').first().click();
  await page.getByRole('button', { name: UNITS[1]!, exact: true }).click();
  await expect(page.locator('.person')).toHaveCount(30);
  await check('a unit of thirty');
  expect(await wholeIn(page, '.person', '.browse-list')).toBe(30);
  const ok = { ok: true, person, at: Date.now(), late: true, lateMinutes: 12, ordinal: 124 } as const;
  core.answer('desk/sign-in', { ...ok, outcome: 'signed_in' });
  await page.locator('.person').first().click();
  await expect(outcome).toBeVisible();
  await check('signed in');
  await page.locator('.outcome-quiet').click();
  await expect(page.getByTestId('taken-back')).toBeVisible();
  await check('not taken back');
  await page.locator('.outcome-actions button').last().click();
  await check('help');
  core.desk({ helpAskedAt: Date.now() });
  await page.locator('.outcome-help button').click();
  await expect(page.getByTestId('help-band')).toBeVisible();
  await check('idle, somebody waits for the secretary');
  core.answer('desk/search', { ok: true, people: peopleOf(6), more: true });
  for (const answer of [
    { ok: false, error: 'already_signed_in', person, firstAt: 1 },
    { ok: false, error: 'wrong_venue', venueHint: 'PX-002' },
    { ok: false, error: 'unreadable' },
  ] as const) {
    core.answer('desk/sign-in', answer);
    await page.keyboard.press('Escape');
    await page.keyboard.type('duc');
    await page.locator('.person').first().click();
    await expect(outcome).toHaveAttribute('data-outcome', answer.error);
    await check(answer.error);
  }
  core.desk({ helpAskedAt: null, rollCall: null });
  await page.keyboard.press('Escape');
  await page.locator('.desk-privacy').click();
  await check('notice on personal data');
  await page.keyboard.press('Escape');
}

for (const size of SIZES)
  for (const [title, conference] of Object.entries(TITLES))
    test(`every state of the desk at ${size.width}×${size.height}, both languages, ${title} title: no overlap, no cut text, no fault of axe`, async ({
      page,
      core,
    }) => {
      mkdirSync(SHOTS, { recursive: true });
      await page.setViewportSize(size);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      for (const language of ['English', 'Tiếng Việt']) {
        furnish(core, conference);
        await page.goto(`${core.url}/desk/`);
        await page.getByRole('button', { name: language }).click();
        let nth = 0;
        await walk(page, core, async (state) => {
          await settle(page);
          const at = `${size.width}-${language === 'English' ? 'en' : 'vi'}-${String((nth += 1)).padStart(2, '0')}`;
          if (title === 'long') await page.screenshot({ path: path.join(SHOTS, `${at}.png`) });
          expect([at, state, await faultsOf(page)]).toEqual([at, state, []]);
          // Colours and names are the same at each size.
          if (size.width === 1366) expect([at, state, await listAxeViolations(page)]).toEqual([at, state, []]);
        });
      }
    });

test('the measure finds what it is for: an overlap, a cut text, a part that scrolls in another', async ({
  page,
  core,
}) => {
  await page.setViewportSize({ width: 1366, height: 768 });
  furnish(core, TITLES.long);
  await page.goto(`${core.url}/desk/`);
  await expect(page.locator('.search-field')).toBeVisible();
  await page.keyboard.type('duc');
  await expect(page.locator('.person')).toHaveCount(6);
  const withStyle = async (css: string): Promise<string> => {
    await spoil(page, css);
    return (await faultsOf(page)).join('\n');
  };
  expect(await withStyle('.person-born { position: relative; left: -300px }')).toContain('lies over');
  expect(await withStyle('.search-clear { width: 90px; overflow: hidden; white-space: nowrap }')).toContain(
    'cuts its content',
  );
  expect(await withStyle('.results { overflow-y: auto; height: 120px } .results-list { min-height: 200px }')).toContain(
    'scrolls inside another',
  );
});
