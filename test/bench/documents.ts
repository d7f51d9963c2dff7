import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { assert, ok } from '../../electron/shared/result.ts';
import { findBrowser } from '../../electron/shells/browser/find-browser.ts';
import { printPdf } from '../../electron/shells/browser/print-pdf.ts';
import { withCore } from '../support/with-core.ts';

/**
 * Documents: `node test/bench/documents.ts [--json FILE] [--rounds N] [--people N]`. The console's command over HTTP for
 * PDF, XLSX and CSV at once, printed by a real browser, each written, synced and read back. Every round is a new folder.
 */

const GOAL_MS = 5_000;
const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    people: { type: 'string', default: '500' },
  },
});
const executable = findBrowser({ platform: process.platform, env: process.env });
assert(executable, 'a browser is there: run npm run setup first');
const root = mkdtempSync(path.join(os.tmpdir(), 'documents-'));
const home = path.join(root, 'home');
const times: number[] = [];

await withCore(
  {
    people: Number(values.people),
    places: { platform: 'linux', home, mountsFile: path.join(root, 'none'), mountRoots: [], drives: [] },
    print: async (page, core) =>
      ok(await printPdf({ executable, folder: root, root: process.getuid?.() === 0, core, path: page })),
  },
  async (world) => {
    const { id, reportId } = world.core.hall.sitting!;
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    for (const personId of [...world.core.hall.register(world.sittingId).listPeople().keys()].filter(
      (_, i) => i % 20 !== 7,
    ))
      await world.ask('desk/sign-in', { sittingId: world.sittingId, personId, method: 'list' });
    await world.ask('console/end-sitting', { sittingId: id });
    await world.until('sealing', () => world.store.reports.getLastRevision(reportId) === 1);
    for (let i = 0; i < Number(values.rounds); i += 1) {
      rmSync(home, { recursive: true, force: true });
      mkdirSync(path.join(home, 'Documents'), { recursive: true });
      const found = await world.ask('console/report/places', {});
      const placeId = (found.ok && found.places[0]?.id) || '';
      const began = performance.now();
      const answer = await world.ask('console/report/save', { sittingId: id, kinds: ['pdf', 'xlsx', 'csv'], placeId });
      times.push(performance.now() - began);
      assert(answer.ok && answer.files.every((file) => file.ok), `saved: ${JSON.stringify(answer)}`);
    }
  },
);
rmSync(root, { recursive: true, force: true });
const sorted = times.toSorted((a, b) => a - b);
const median = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
const report = {
  bench: 'documents',
  people: Number(values.people),
  rounds: times.length,
  documents_ms: Math.round(median),
  documents_max_ms: Math.round(Math.max(...times)),
  goal_ms: GOAL_MS,
  met: median <= GOAL_MS,
};
if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
process.stdout.write(
  `PDF, XLSX and CSV of ${report.people} people: median ${report.documents_ms} ms, longest ${report.documents_max_ms} ms (goal ${GOAL_MS})\n`,
);
