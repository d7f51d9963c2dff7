import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extractText, getDocumentProxy } from 'unpdf';
import { expect, test } from 'vitest';
import { CHECKS, type CheckFacts, type CheckId, type CheckOutcome } from '../../../electron/contract/checks.ts';
import { systemPlaceRoots } from '../../../electron/core/report/places.ts';
import { findBrowser } from '../../../electron/shells/browser/find-browser.ts';
import { printPdf } from '../../../electron/shells/browser/print-pdf.ts';
import { sayCheck } from '../../../electron/shared/checks/say-check.ts';
import { CHECK_TEXTS_VI } from '../../../electron/shared/checks/texts-vi.ts';
import { withCore } from '../../support/with-core.ts';

const browser = findBrowser({ platform: process.platform, env: process.env });
/** The sheet is looked at when this names a folder. */
const KEPT = process.env['DOCUMENT_PDFS'];

/** Of every fact that a sentence of the checks names, something long. */
function longFacts(): CheckFacts {
  const names = [...JSON.stringify(CHECK_TEXTS_VI.words).matchAll(/\{\{(\w+)\}\}/gu)].map(([, name = '']) => name);
  const long = (name: string): string | number => {
    if (name.endsWith('At')) return Date.now();
    return /host|proxy|signer|product|device|file|program|window|stage|desk|small/iu.test(name)
      ? 'truyen-hinh.ban-tuyen-giao.vi-du.gov.vn'
      : 12;
  };
  return { ...Object.fromEntries(names.map((name) => [name, long(name)])), cause: 'no_connection' };
}

/** Of each check what takes the most room on paper. */
function longestOutcomes(): CheckOutcome[] {
  const facts = longFacts();
  return (Object.keys(CHECKS) as CheckId[]).map((check) => {
    const outcomes = Object.entries(CHECKS[check]).map(([word, state]) => {
      const outcome: CheckOutcome = { check, word, state, facts, at: Date.now(), tookMs: 1 };
      const { says, next } = sayCheck(outcome, 'vi');
      return { outcome, letters: says.length + (next?.length ?? 0) };
    });
    return outcomes.toSorted((a, b) => b.letters - a.letters)[0]!.outcome;
  });
}

test.skipIf(browser === null)(
  'the sheet of the checks is one page of A4, also when of every check the longest sentence stands on it',
  { timeout: 60_000 },
  async () => {
    const home = mkdtempSync(path.join(tmpdir(), 'kiosk-home-'));
    mkdirSync(path.join(home, 'Documents'));
    const places = { ...systemPlaceRoots(), home, mountRoots: [] };
    const title =
      'Hội nghị toàn quốc học tập, quán triệt và triển khai thực hiện Nghị quyết của Trung ương, lần thứ nhất';
    const options = {
      places,
      package: <T extends { conference: object }>(document: T) => ({
        ...document,
        conference: { ...document.conference, title },
      }),
      print: async (page: string, core: Parameters<typeof printPdf>[0]['core']) => {
        const folder = mkdtempSync(path.join(tmpdir(), 'print-'));
        const root = process.getuid?.() === 0;
        return {
          ok: true as const,
          value: await printPdf({ executable: browser ?? '', folder, root, core, path: page }),
        };
      },
    };
    await withCore(options, async ({ ask, store, document, sittingId }) => {
      await ask('console/unlock', { pin: '123456', role: 'technician' });
      const outcomes = longestOutcomes();
      const at = Date.now();
      store.checks.record({
        id: 'dai-nhat',
        packageId: document.packageId,
        sittingId,
        occasion: 'hour_before',
        startedAt: at,
        finishedAt: at,
        outcomes,
      });
      const listed = await ask('console/report/places', {});
      const placeId = listed.ok ? listed.places.find(({ writable }) => writable)!.id : '';
      const saved = await ask('console/report/save', { sittingId, placeId, kinds: ['checks'] });
      expect(saved).toMatchObject({ ok: true, files: [{ ok: true }] });
      const [name = ''] = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter((each) =>
        each.endsWith('.pdf'),
      );
      const bytes = readFileSync(path.join(home, name));
      if (KEPT !== undefined) writeFileSync(path.join(KEPT, 'checks.pdf'), bytes);
      const pdf = await getDocumentProxy(Uint8Array.from(bytes));
      expect(pdf.numPages).toBe(1);
      const [, , width = 0, height = 0] = (await pdf.getPage(1)).view;
      expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
      const { text } = await extractText(pdf, { mergePages: true });
      const read = text.replace(/\s+/gu, ' ');
      expect(read).toContain('CHƯA SẴN SÀNG');
      for (const title of Object.values(CHECK_TEXTS_VI.title)) expect(read).toContain(title);
    });
  },
);
