import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { PublicJwk } from '../../../electron/contract/common.ts';
import { Register } from '../../../electron/core/attendance/register.ts';
import { Secretary } from '../../../electron/core/attendance/secretary.ts';
import { PlaybackEvidence } from '../../../electron/core/broadcast/evidence.ts';
import { sealSitting } from '../../../electron/core/report/sealer.ts';
import { OLD_PROVINCE_KEYS_FILE, oldFolder, openOldFolder } from '../../support/old-data-folder.ts';

test('a roll call cancelled while its sitting is sealed is not in the report, and makes nobody leave', async () => {
  const old = openOldFolder();
  const { store } = old;
  const [, afternoon] = oldFolder.sittings;
  const provinceKeys = JSON.parse(readFileSync(OLD_PROVINCE_KEYS_FILE, 'utf8')) as {
    reports: { publicJwk: PublicJwk };
  };
  const session = store.sessions.getSession(oldFolder.packageId)!;
  expect(session.document.keys.reports).toEqual(provinceKeys.reports.publicJwk);
  store.attendance.closeRollCalls(afternoon.id);
  store.sittings.recordStep(afternoon.id, 'open', 'ended', { endedAt: oldFolder.closedAt, endedBy: 'technician' });
  const ended = store.sittings.getSitting(afternoon.id)!;
  let built = 0;
  await sealSitting(
    {
      store,
      session,
      deviceKey: old.keys.device,
      app: 'test',
      firstAttemptAt: () => 0,
      facts: (sitting) => {
        const register = new Register(store, oldFolder.packageId, sitting);
        const facts = {
          people: [...register.listPeople().values()],
          statuses: register.listStatuses(),
          totals: register.getTotals(),
          units: register.listUnits(),
          evidence: new PlaybackEvidence(store).getEvidence(sitting.id),
          centreOffsetMs: null,
        };
        // Somebody cancels it after the figures were read and before they are stored.
        if (built === 0) {
          const { id } = store.attendance.listRollCalls(afternoon.id)[0]!;
          new Secretary(store, register, () => null).cancelRollCall(id, 'mở nhầm', 'chair');
        }
        built += 1;
        return facts;
      },
    },
    ended,
  );
  expect(built).toBe(2);
  const report = store.reports.getReport(afternoon.reportId, 1);
  expect(report).toMatchObject({ rollCalls: [], totals: { present: 4, leftEarly: 0 } });
  old.close();
});
