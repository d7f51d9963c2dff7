import type { Page } from '@playwright/test';
import type { vi } from '../../renderer/i18n/vi.ts';
import { amending, furnish, PEOPLE, reportOf, returned } from './console-furnished.ts';
import { createOpenView, createSitting, type FakeCore } from './fake-core-views.ts';
import { LONG_TITLE } from './layout-cases.ts';

/** The dialogs of the console over a core of canned answers, and how each is opened. */

export type Words = typeof vi;

export interface DialogCase {
  name: string;
  /** Which `<Sheet` of which file under renderer/ it is: the number counts those of the file. */
  shows: string;
  /** Its heading; the name of whatever opens is compared with it. */
  title: (t: Words) => string | RegExp;
  /** What differs from a usual day; changed back afterwards. */
  before?: (core: FakeCore) => void;
  open: (page: Page, t: Words) => Promise<void>;
}

const rail = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();
const press = (page: Page, name: string | RegExp) =>
  page
    .locator('.board-page')
    .getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) })
    .first()
    .click();
const inDialog = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true });
/** The words of a title with something filled in. */
export const filled = (text: string): RegExp =>
  new RegExp(
    `^${text
      .split(/\{\{\w+\}\}/u)
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&'))
      .join('.+')}$`,
    'u',
  );

/** A page of the console by its button, and on it a button. */
const pressOn =
  (names: (t: Words) => [place: string, button: string]) =>
  async (page: Page, t: Words): Promise<void> => {
    const [place, button] = names(t);
    await rail(page, place);
    await press(page, button);
  };

async function openReport(page: Page, t: Words): Promise<void> {
  await rail(page, t.console.nav.delivery);
  await page.getByRole('combobox', { name: t.report.choose }).selectOption('s1');
  await page.locator('.report-review').waitFor();
}

async function chooseTwo(page: Page, t: Words): Promise<void> {
  await rail(page, t.console.nav.people);
  for (const nth of [0, 1]) await page.locator('tbody .people-check:enabled').nth(nth).check();
}

async function openHall(page: Page, t: Words): Promise<void> {
  await page.getByRole('combobox', { name: t.report.choose }).selectOption('s2');
  await rail(page, t.console.nav.people);
  await press(page, t.people.tabs.hall);
}

const amendMorning = (core: FakeCore): void => {
  const now = Date.now();
  const [report] = createOpenView(now).reports;
  furnish(core, LONG_TITLE, {
    sittings: [createSitting(now, { state: 'amended', endedAt: now - 9_000_000, endedBy: 'chair' })],
    reports: [{ ...report!, state: 'amended', lastRevision: 1 }],
  });
  core.answer('console/report/view', { ok: true, report: reportOf(now, amending(now)) });
};

const atState = (state: 'prepared' | 'delivered') => (core: FakeCore) => {
  const now = Date.now();
  const over = state === 'delivered' ? { endedAt: now, endedBy: 'technician' as const } : {};
  furnish(core, LONG_TITLE, {}, { sitting: createSitting(now, { id: 's2', title: 'Buổi chiều', state, ...over }) });
};

export const CONSOLE_DIALOGS: readonly DialogCase[] = [
  {
    name: 'end the sitting',
    shows: 'console/confirm-sheet.tsx#1',
    title: (t) => filled(t.console.sitting.endTitle),
    open: (page, t) => press(page, t.console.sitting.end),
  },
  {
    name: 'open the sitting',
    shows: 'console/confirm-sheet.tsx#1',
    title: (t) => t.console.sitting.openTitle,
    before: atState('prepared'),
    open: (page, t) => press(page, t.console.sitting.open),
  },
  {
    name: 'open the sitting again',
    shows: 'console/confirm-sheet.tsx#1',
    title: (t) => t.console.sitting.reopenTitle,
    before: atState('delivered'),
    open: (page, t) => press(page, t.console.sitting.reopen),
  },
  {
    name: 'close the program',
    shows: 'console/confirm-sheet.tsx#1',
    title: (t) => t.console.bar.quitTitle,
    open: pressOn((t) => [t.settings.open, t.console.bar.quit]),
  },
  {
    name: 'add a person, who may be on the list',
    shows: 'console/add-person-sheet.tsx#1',
    title: (t) => t.people.add.title,
    open: async (page, t) => {
      await rail(page, t.console.nav.people);
      await press(page, t.people.list.add);
      await page.getByLabel(t.people.add.name, { exact: true }).fill('Nguyễn Thị Phương Thảo');
      await inDialog(page, t.people.add.do).click();
      await page.locator('.people-duplicates').waitFor();
    },
  },
  {
    name: 'one person',
    shows: 'console/person-sheet.tsx#1',
    title: () => PEOPLE[0]!.name,
    open: async (page, t) => {
      await rail(page, t.console.nav.people);
      await page.locator('.people-open').first().click();
      await inDialog(page, t.people.person.left).click();
      await page.locator('.people-history li').waitFor();
    },
  },
  {
    name: 'excuse two people',
    shows: 'console/excuse-sheet.tsx#1',
    title: (t) => t.people.list.excuseChosen,
    open: async (page, t) => {
      await chooseTwo(page, t);
      await press(page, t.people.list.excuseChosen);
    },
  },
  {
    name: 'sign in two people',
    shows: 'console/sign-in-many-sheet.tsx#1',
    title: (t) => t.board.list.signInChosen,
    open: async (page, t) => {
      await chooseTwo(page, t);
      await press(page, t.board.list.signInChosen);
    },
  },
  {
    name: 'sign in a unit',
    shows: 'console/sign-in-many-sheet.tsx#1',
    title: (t) => t.board.unit.title,
    open: async (page, t) => {
      await rail(page, t.console.nav.people);
      await press(page, t.board.unit.open);
      await page.getByRole('dialog').getByRole('combobox').selectOption('u4');
      await page.locator('.people-names li').first().waitFor();
    },
  },
  {
    name: 'save the list',
    shows: 'console/save-sheet.tsx#1',
    title: (t) => t.report.save.title,
    open: async (page, t) => {
      await rail(page, t.console.nav.people);
      await press(page, t.board.list.save);
      await page.getByRole('radio').first().waitFor();
    },
  },
  {
    name: 'save the papers of a report',
    shows: 'console/save-sheet.tsx#1',
    title: (t) => t.report.save.title,
    open: async (page, t) => {
      await openReport(page, t);
      await press(page, t.report.actions.save);
      await page.getByRole('radio').first().waitFor();
    },
  },
  {
    name: 'print the list',
    shows: 'console/print-sheet.tsx#1',
    title: (t) => t.print.title,
    open: async (page, t) => {
      await rail(page, t.console.nav.people);
      await press(page, t.print.open);
      await page.locator('.pdf-page canvas[data-drawn=true]').waitFor();
    },
  },
  {
    name: 'close a roll call',
    shows: 'console/roll-call-sheets.tsx#1',
    title: (t) => filled(t.people.roll.closeTitle),
    open: async (page, t) => {
      await openHall(page, t);
      await press(page, t.people.roll.close);
      await page.getByRole('listitem').nth(30).waitFor();
    },
  },
  {
    name: 'cancel a roll call',
    shows: 'console/roll-call-sheets.tsx#2',
    title: (t) => filled(t.people.roll.cancelTitle),
    open: async (page, t) => {
      await openHall(page, t);
      await press(page, filled(t.people.roll.cancelOf));
    },
  },
  {
    name: 'swap the displays while the hall looks',
    shows: 'console/stage-displays-card.tsx#1',
    title: (t) => t.hall.swapTitle,
    open: pressOn((t) => [t.console.nav.stage, t.hall.swap]),
  },
  {
    name: 'timeline',
    shows: 'console/timeline-sheet.tsx#1',
    title: (t) => t.board.timeline.title,
    open: async (page, t) => {
      await openReport(page, t);
      await press(page, t.board.timeline.title);
      await page.locator('.timeline tbody tr').first().waitFor();
    },
  },
  {
    name: 'sign-off',
    shows: 'console/sign-sheet.tsx#1',
    title: (t) => t.report.sign.title,
    open: async (page, t) => {
      await openReport(page, t);
      await press(page, t.report.actions.sign);
    },
  },
  {
    name: 'PIN of the sign-off',
    shows: 'console/sign-sheet.tsx#2',
    title: (t) => t.report.sign.title,
    open: async (page, t) => {
      await openReport(page, t);
      await press(page, t.report.actions.sign);
      await inDialog(page, t.report.sign.next).click();
      await page.locator('.keypad').waitFor();
    },
  },
  {
    name: 'amendment',
    shows: 'console/amend-sheet.tsx#1',
    title: (t) => t.report.actions.amend,
    before: amendMorning,
    open: async (page, t) => {
      await rail(page, t.console.nav.delivery);
      await page.locator('.report-review').waitFor();
      await press(page, t.report.amend.seal);
    },
  },
  {
    name: 'another session',
    shows: 'console/change-session-sheet.tsx#1',
    title: (t) => t.settings.session.sheet,
    open: pressOn((t) => [t.settings.open, t.settings.session.change]),
  },
  {
    name: 'support file',
    shows: 'console/support-sheet.tsx#1',
    title: (t) => t.support.title,
    open: pressOn((t) => [t.console.nav.help, t.support.open]),
  },
  {
    name: 'another PIN',
    shows: 'console/change-pin-sheet.tsx#1',
    title: (t) => t.board.pin.title,
    open: pressOn((t) => [t.settings.open, t.board.pin.change]),
  },
  {
    name: 'another recovery code?',
    shows: 'console/recovery-card.tsx#1',
    title: (t) => t.keys.again,
    open: pressOn((t) => [t.settings.open, t.keys.again]),
  },
  {
    name: 'recovery code',
    shows: 'console/recovery-card.tsx#2',
    title: (t) => filled(t.keys.sheet),
    open: async (page, t) => {
      await rail(page, t.settings.open);
      await press(page, t.keys.again);
      await inDialog(page, t.keys.again).click();
      await page.getByTestId('recovery-code').waitFor();
    },
  },
  {
    name: 'recovery code typed back',
    shows: 'console/recovery-check.tsx#1',
    title: (t) => filled(t.keys.checkTitle),
    open: async (page, t) => {
      await rail(page, t.settings.open);
      await press(page, t.keys.checkOpen);
      await page.getByRole('textbox').fill('000187-004114');
    },
  },
];

/** The report came back from the province. */
export const returnedMorning = (core: FakeCore): void => {
  const now = Date.now();
  core.answer('console/report/view', { ok: true, report: reportOf(now, { revisions: [returned(now)] }) });
};
