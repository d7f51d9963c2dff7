import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { buildReport } from '../../../electron/core/report/build-report.ts';
import { SessionStore } from '../../../electron/core/store/session-store.ts';
import { Store } from '../../../electron/core/store/store.ts';
import { makePackage } from '../../support/make-package.ts';
import { createMemoryOutbox } from '../../support/memory-outbox.ts';
import { describeOutbox, type OutboxBed } from '../../support/outbox-contract.ts';
import { createIntakeKeyPair } from '../../support/province.ts';
import { correctedBy, sampleFacts, uuidV7 } from '../../support/sample-report.ts';

function sealedBytes(): { bytes: Buffer; sha256: string } {
  const bytes = randomBytes(64);
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}

function memoryBed(): OutboxBed {
  const outbox = createMemoryOutbox();
  return {
    outbox,
    reports: [uuidV7(), uuidV7()],
    seal(reportId, revision, nextAttemptAt) {
      const sealed = sealedBytes();
      outbox.add({ reportId, revision, ...sealed }, nextAttemptAt);
      return sealed;
    },
    // One process: what is on its way ends with the courier that sent it.
    crash() {
      outbox.forgetAttempts();
      return outbox;
    },
    close: () => undefined,
  };
}

function storedBed(): OutboxBed & { stored: () => Store } {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'kiosk-outbox-'));
  const keys = { kek: randomBytes(32), index: randomBytes(32) };
  const open = (): Store => {
    const opened = Store.open({ file: path.join(dir, 'kiosk.db'), keys });
    if (!opened.ok) throw new Error(opened.error);
    return opened.store;
  };
  let store = open();
  const key = createIntakeKeyPair().publicJwk;
  const plain = makePackage({ keys: { receiptPublicJwk: key, reportPublicJwk: key } }, 'http://127.0.0.1:9', {
    people: 2,
  });
  const [first] = plain.sittings;
  const document = { ...plain, sittings: [first!, { ...first!, id: 'chieu', title: 'Buổi chiều' }] };
  store.sessions.importPackage({
    document,
    digest: 'a'.repeat(64),
    provenance: 'unsigned',
    keyId: null,
    dataKey: SessionStore.makeDataKey(),
    provinceKey: null,
  });
  const [morning, afternoon] = store.sittings.listSittings(document.packageId);
  for (const sitting of [morning!, afternoon!]) {
    store.sittings.recordStep(sitting.id, 'prepared', 'open', { openedAt: 1 });
    store.sittings.recordStep(sitting.id, 'open', 'ended', { endedAt: 2, endedBy: 'technician' });
  }
  return {
    stored: () => store,
    outbox: store.outbox,
    reports: [morning!.reportId, afternoon!.reportId],
    seal(reportId, revision, nextAttemptAt) {
      const sealed = sealedBytes();
      const sitting = store.sittings.getSittingOfReport(reportId)!;
      if (revision > 1) store.sittings.recordStep(sitting.id, sitting.state, 'amended');
      const facts = { ...sampleFacts({ people: 2, reportId }), revision };
      const report = buildReport(revision > 1 ? { ...facts, amendment: correctedBy('A', 'B') } : facts);
      const { sha256, bytes } = sealed;
      const stored = store.reports.recordSealed({
        sittingId: sitting.id,
        report,
        sealed: bytes,
        sha256,
        firstAttemptAt: nextAttemptAt,
        lastSeq: 0,
      });
      if (!stored.ok) throw new Error(stored.error);
      return sealed;
    },
    crash() {
      store.close();
      store = open();
      return store.outbox;
    },
    close() {
      store.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

describeOutbox('the stored outbox', storedBed);
describeOutbox('the outbox in memory', memoryBed);

test('failed tries are kept with their causes, those in a row for one reason as one line, through a restart', () => {
  const bed = storedBed();
  const [reportId] = bed.reports;
  bed.seal(reportId, 1, 0);
  const fail = (at: number, failure: 'unreachable' | 'busy', cause: string | null, httpStatus: number | null) => {
    bed.stored().outbox.recordAttemptBegan({ reportId, revision: 1, at, nextAttemptAt: at + 1 });
    const failed = { reportId, revision: 1, at: at + 1.4, failure, cause, httpStatus };
    bed.stored().outbox.recordAttemptFailed({ ...failed, nextAttemptAt: at + 2 });
  };
  fail(1_000, 'unreachable', 'no_route', null);
  fail(2_000, 'unreachable', 'no_route', null);
  bed.crash();
  fail(3_000, 'unreachable', 'no_route', null);
  fail(4_000, 'unreachable', 'refused', null);
  fail(5_000, 'busy', 'busy', 503);
  fail(6_000, 'unreachable', 'no_route', null);
  expect(bed.stored().outbox.history.listFailedTries(reportId)).toEqual(
    [
      ['unreachable', 'no_route', null, 1_001, 3_001, 3],
      ['unreachable', 'refused', null, 4_001, 4_001, 1],
      ['busy', 'busy', 503, 5_001, 5_001, 1],
      ['unreachable', 'no_route', null, 6_001, 6_001, 1],
    ].map(([failure, cause, httpStatus, firstAt, lastAt, times]) => ({
      revision: 1,
      failure,
      cause,
      httpStatus,
      firstAt,
      lastAt,
      times,
    })),
  );
  expect(bed.stored().outbox.history.listFailedTries(bed.reports[1])).toEqual([]);
  bed.close();
});
