import { expect, test } from 'vitest';
import { sittingIdOf } from '../../../electron/core/store/sitting-store.ts';
import { makeUuidV7 } from '../../../electron/core/store/uuid.ts';
import { z } from 'zod';
import { openOldFolder } from '../../support/old-data-folder.ts';

test('a report id is a UUIDv7 that sorts by its moment', () => {
  const ids = [1, 1_700_000_000_000, 1_764_192_000_000, 2 ** 48 - 1].map(makeUuidV7);
  for (const id of ids) expect(z.uuidv7().safeParse(id).success).toBe(true);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(Array.from({ length: 1_000 }, () => makeUuidV7(5))).size).toBe(1_000);
});

test('a sitting carries its package and its plan as they are, whatever stands in its id', () => {
  const old = openOldFolder();
  for (const sitting of old.store.sittings.listSittings('hn-2026-cu')) {
    expect(sitting.packageId).toBe('hn-2026-cu');
    expect(sitting.id).toBe(sittingIdOf(sitting.packageId, sitting.planId));
    expect(old.store.sittings.getSittingOfReport(sitting.reportId)).toEqual(sitting);
  }
  old.close();
});
