import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { test as base, expect } from '@playwright/test';
import type { FakeCore } from './fake-core-views.ts';
import { startFakeCore } from './fake-core-views.ts';

/** A browser test of one window over a core of its own; any fault the page throws fails the test. */
export const test = base.extend<{ core: FakeCore; faults: string[] }>({
  // oxlint-disable-next-line no-empty-pattern -- the fixture needs no other one, and Playwright reads the pattern
  core: async ({}, use) => {
    const core = await startFakeCore();
    await use(core);
    await core.stop();
  },
  faults: [
    async ({ page }, use) => {
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(error.message));
      await use(faults);
      expect(faults).toEqual([]);
    },
    { auto: true },
  ],
});

/** Desk and hall PCs: an old laptop, a common one, a television; the first only for the desk. */
export const SIZES = [
  { width: 1024, height: 768 },
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const;

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

/** Waits until the page stands still: letters are there, what moves once has moved, and what was decided is drawn. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    const moving = document
      .getAnimations()
      .filter((each) => Number.isFinite(Number(each.effect?.getComputedTiming().endTime ?? 0)));
    await Promise.all(moving.map((each) => each.finished.catch(() => undefined)));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}

/** Violations of WCAG 2.2 A and AA on the page as it is now, one line each. */
export async function listAxeViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  const found: string[] = [];
  for (const { id, nodes } of violations)
    for (const node of nodes) {
      if (id === 'target-size' && (await isHalfUnderFoot(page, String(node.target[0])))) continue;
      found.push(`${id}: ${node.html.slice(0, 160)}`);
    }
  return found;
}

/** A target large enough of which a foot or head that stays in sight covers a part: the page scrolls it out from there. */
function isHalfUnderFoot(page: Page, selector: string): Promise<boolean> {
  return page.evaluate((target) => {
    const element = document.querySelector(target);
    const box = element?.getBoundingClientRect();
    if (!element || !box || box.width < 24 || box.height < 24) return false;
    return [box.top + 1, box.bottom - 1].some((y) => {
      let over = document.elementFromPoint((box.left + box.right) / 2, y);
      if (over === null || element.contains(over)) return over === null;
      while (over && getComputedStyle(over).position !== 'sticky') over = over.parentElement;
      return over !== null;
    });
  }, selector);
}

/** Visible things that leave the window or whose own box cuts their text. Parts meant to scroll are left out. */
export async function listCutOff(page: Page, scrolling: string): Promise<string[]> {
  return page.evaluate((scrolling) => {
    const found: string[] = [];
    for (const element of document.querySelectorAll<HTMLElement>('#root *')) {
      if (element.closest(`.watermark, .visually-hidden, ${scrolling}`)) continue;
      const box = element.getBoundingClientRect();
      if (box.width === 0 || box.height === 0) continue;
      const name = `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`;
      if (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1)
        found.push(`${name} leaves the window`);
      const clips = getComputedStyle(element).overflow !== 'visible' && element.tagName !== 'INPUT';
      if (clips && (element.scrollHeight > element.clientHeight + 2 || element.scrollWidth > element.clientWidth + 2))
        found.push(`${name} cuts its content`);
    }
    return found;
  }, scrolling);
}

export { expect };
