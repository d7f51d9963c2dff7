import type { Page } from '@playwright/test';
import { CHECKS, type CheckId, type CheckOutcome, type CheckState } from '../../electron/contract/checks.ts';
import { countGroup, verdictOf } from '../../electron/shared/checks/verdict.ts';
import { returnedMorning, type Words } from './console-dialogs.ts';
import { amending, deliveryOf, furnish, reportOf } from './console-furnished.ts';
import { createArrivals, createOpenView, createSitting, type FakeCore } from './fake-core-views.ts';

/** The pages of the console and what may stand over them, and how each is reached. */
export interface PageCase {
  name: string;
  /** The day as it is then; a usual one when absent. */
  set?: (core: FakeCore, title: string) => void;
  go: (page: Page, t: Words) => Promise<void>;
  /** Is there when the page has been filled. */
  ready: string;
}

const rail = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click();
const tab =
  (which: 'hall' | 'paper' | 'scanner') =>
  async (page: Page, t: Words): Promise<void> => {
    await rail(page, t.console.nav.people);
    await page.getByRole('button', { name: t.people.tabs[which], exact: true }).click();
  };
const morning = async (page: Page, t: Words): Promise<void> => {
  await rail(page, t.console.nav.delivery);
  await page.getByRole('combobox', { name: t.report.choose }).selectOption('s1');
};

const FACTS = {
  count: 2,
  stage: 'EPSON EB-2250U 1920×1080',
  desk: 'Dell 1366×768',
  mbps: 18.4,
  needed: 6,
  sources: 2,
  device: 'Loa hội trường (USB Audio Device)',
  seconds: 0.6,
  minutes: 3,
  hosts: 2,
  ms: 14,
  host: 'baocao.tinh.vi-du.vn',
  free: 212,
  days: 12,
  percent: 41,
  name: 'Microsoft Edge',
  version: '150.0.3912.40',
};

/** Every check, each third with its worst word. */
function setChecks(core: FakeCore, title: string): void {
  const outcomes = (Object.keys(CHECKS) as CheckId[]).map((check, i): CheckOutcome => {
    const states: Readonly<Record<string, CheckState>> = CHECKS[check];
    const wanted = i % 3 === 0 ? ['red', 'yellow'] : i % 3 === 1 ? ['yellow'] : ['green'];
    const word = Object.keys(states).find((each) => wanted.includes(states[each]!)) ?? Object.keys(states)[0]!;
    return { check, word, state: states[word]!, facts: FACTS, at: Date.now(), tookMs: 20 };
  });
  const summary = {
    running: null,
    verdict: verdictOf(outcomes),
    red: countGroup(outcomes, 'red'),
    yellow: countGroup(outcomes, 'yellow'),
    finishedAt: Date.now(),
  };
  const run = {
    id: 'r',
    occasion: 'hour_before',
    startedAt: Date.now(),
    verdict: 'not_ready',
    red: 3,
    yellow: 7,
  } as const;
  core.answer('console/checks/view', {
    ok: true,
    checks: { ...summary, outcomes, runs: [run], nextAt: Date.now() + 2_700_000 },
  });
  furnish(core, title, { checks: summary });
}

function setAmending(core: FakeCore, title: string): void {
  const now = Date.now();
  const [report] = createOpenView(now).reports;
  furnish(core, title, {
    sittings: [createSitting(now, { state: 'amended', endedAt: now - 9_000_000, endedBy: 'chair' })],
    reports: [{ ...report!, state: 'amended', lastRevision: 1 }],
  });
  core.answer('console/report/view', { ok: true, report: reportOf(now, amending(now)) });
}

/** Whatever can stand over a page, at once: a question about the end, a call from the desk, a trial, a failed delivery. */
function setTrouble(core: FakeCore, title: string): void {
  const now = Date.now();
  const { source, stage } = createOpenView(now);
  furnish(
    core,
    title,
    {
      earlyEnd: { reason: 'endlist', closesAt: now + 295_000 },
      trialUntil: now + 3_600_000,
      source: {
        ...source,
        health: 'unreachable',
        cause: 'certificate_inspected',
        seen: 'plays_on',
        lastFailure: 'tls',
        missing: ['short_window', 'no_redundancy', 'listed_too_early'],
      },
      interruption: { since: now - 30_000, cause: 'line' },
      stage: { ...stage, muted: true, alarms: ['audio_device_lost', 'clock_wrong', 'key_copy_failed'] },
      displays: 1,
      delivery: [
        deliveryOf(now, {
          state: 'waiting',
          lastFailure: 'unreachable',
          lastCause: 'proxy_login',
          receiptSerial: null,
          receivedAt: null,
          nextAttemptAt: now + 125_000,
        }),
      ],
      notice: 'Tài liệu hội nghị phát tại bàn thư ký, mời các đồng chí đến nhận trước giờ giải lao.',
    },
    { helpAskedAt: now, rehearsal: true },
  );
}

/** As many bars as there can be, with as wide numbers as there can be; or none. */
function setArrivals(core: FakeCore, title: string, people: number): void {
  const now = Date.now();
  const [hall] = createOpenView(now).halls;
  const counts = Array.from({ length: 20 }, (_, i) => (people === 0 ? 0 : i === 9 ? 188 : 3 + ((i * 7) % 20)));
  const later = people === 0 ? 0 : people - counts.reduce((sum, n) => sum + n, 0);
  const arrivals = { ...createArrivals(now - 7_200_000, 0), counts, later };
  furnish(core, title, { halls: ['s1', 's2'].map((sittingId) => ({ ...hall!, sittingId, arrivals })) });
}

export const CONSOLE_PAGES: readonly PageCase[] = [
  {
    name: 'overview by arrival',
    set: (core, title) => setArrivals(core, title, 500),
    go: async (page, t) => {
      await rail(page, t.console.nav.board);
      await page.getByRole('button', { name: t.arrivals.part.arrivals }).click();
    },
    ready: '.arrivals',
  },
  {
    name: 'overview by arrival, nobody yet',
    set: (core, title) => setArrivals(core, title, 0),
    go: async (page, t) => {
      await rail(page, t.console.nav.board);
      await page.getByRole('button', { name: t.arrivals.part.arrivals }).click();
    },
    ready: '.totals-parts',
  },
  { name: 'overview', go: (page, t) => rail(page, t.console.nav.board), ready: '.unit-table tbody tr' },
  {
    name: 'overview in trouble',
    set: setTrouble,
    go: (page, t) => rail(page, t.console.nav.board),
    ready: '.help-banner',
  },
  ...[
    { name: 'the picture stands: how the hall goes on', standing: true, mode: 'in_step' as const, chosen: false },
    { name: 'the hall is late: forward or as it is', standing: false, mode: 'complete' as const, chosen: true },
  ].map(({ name, ...question }): PageCase => ({
    name,
    set: (core, title) =>
      furnish(
        core,
        title,
        { afterOutage: { laterS: 280, ...question } },
        { role: question.standing ? 'chair' : 'technician' },
      ),
    go: (page, t) => rail(page, t.console.nav.board),
    ready: '#after-outage-title',
  })),
  { name: 'checks', set: setChecks, go: (page, t) => rail(page, t.console.nav.checks), ready: '.check-good' },
  { name: 'people', go: (page, t) => rail(page, t.console.nav.people), ready: '.people-table tbody tr' },
  { name: 'roll calls', go: tab('hall'), ready: '.people-call-now' },
  { name: 'paper sheet', go: tab('paper'), ready: '.paper-entry' },
  { name: 'scanner', go: tab('scanner'), ready: '.people-scanner' },
  { name: 'picture and sound', go: (page, t) => rail(page, t.console.nav.stage), ready: '.stage-volume' },
  {
    name: 'picture and sound in trouble',
    set: setTrouble,
    go: (page, t) => rail(page, t.console.nav.stage),
    ready: '.lacks-card',
  },
  { name: 'report', go: morning, ready: '.report-code' },
  {
    name: 'report returned',
    set: (core, title) => {
      furnish(core, title);
      returnedMorning(core);
    },
    go: morning,
    ready: '.report-banner-returned',
  },
  {
    name: 'report being amended',
    set: setAmending,
    go: (page, t) => rail(page, t.console.nav.delivery),
    ready: '.report-banner-amend',
  },
  {
    name: 'draft of a report',
    go: async (page, t) => {
      await rail(page, t.console.nav.delivery);
      await page.getByRole('combobox', { name: t.report.choose }).selectOption('s2');
      await page.getByText(t.report.draft).waitFor();
    },
    ready: '.report-review',
  },
  { name: 'settings', go: (page, t) => rail(page, t.settings.open), ready: '.settings-changes' },
  { name: 'help of the technician', go: (page, t) => rail(page, t.console.nav.help), ready: '.help-tree' },
  {
    name: 'help of the chair',
    set: (core, title) => furnish(core, title, {}, { role: 'chair' }),
    go: (page, t) => rail(page, t.console.nav.help),
    ready: '.help-tree',
  },
  {
    name: 'lock',
    set: (core, title) => furnish(core, title, {}, { locked: true, open: null, helpAskedAt: Date.now() }),
    go: () => Promise.resolve(),
    ready: '.keypad',
  },
  {
    name: 'first PIN',
    set: (core, title) => furnish(core, title, {}, { locked: true, open: null, pinMissing: true }),
    go: () => Promise.resolve(),
    ready: '.keypad',
  },
];
