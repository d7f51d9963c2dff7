import { z } from 'zod';
import { PublicJwk } from '../../contract/common.ts';
import { verifyReceipt } from '../delivery/receipts.ts';
import type { Store } from '../store/store.ts';

/**
 * Verifies the receipts that are stored once more, at the start: "the province has it" must not rest on a row that anybody could have
 * written. A revision whose receipt is none is sent again. Answers how many those were.
 */
export async function checkReceipts(store: Store): Promise<number> {
  let refused = 0;
  for (const receipt of store.receipts.list()) {
    const verified = await verifyReceipt(receipt.receiptJws, receipt, receiptKeysOf(store, receipt.packageId));
    if (verified.ok) continue;
    refused += 1;
    const at = store.clock.now();
    store.receipts.recordRefused({ reportId: receipt.reportId, revision: receipt.revision, at });
    store.settings.addMark(receipt.packageId, { at, mark: 'receipt_unproven', actor: 'kiosk' });
  }
  return refused;
}

/** Those of every issue of the package: a receipt is not wrong because the province has another key since. */
function receiptKeysOf(store: Store, packageId: string): PublicJwk[] {
  const name = `receipt_keys:${packageId}`;
  const now = store.sessions.getSession(packageId)?.document.keys.receipts ?? [];
  const known = store.settings.getSetting(name, z.array(PublicJwk)) ?? [];
  const has = (key: PublicJwk) => known.some((other) => JSON.stringify(other) === JSON.stringify(key));
  const keys = [...known, ...now.filter((key) => !has(key))];
  if (keys.length > known.length) store.settings.setSetting(name, keys);
  return keys;
}
