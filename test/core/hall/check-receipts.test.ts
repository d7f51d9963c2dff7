import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { JOSE_TYPE } from '../../../electron/contract/report.ts';
import { checkReceipts } from '../../../electron/core/hall/check-receipts.ts';
import { sealSitting } from '../../../electron/core/report/sealer.ts';
import { PublicJwk } from '../../../electron/contract/common.ts';
import { makeSealBed, type SealBed } from '../../bench/seal-bed.ts';

/** "The province has it" is verified again at every start: it must not rest on a row that anybody could have written. */

let bed: SealBed;
let sha256: string;
const province = await generateKeyPair('EdDSA', { extractable: true });
const receipts = [PublicJwk.parse(await exportJWK(province.publicKey))];
beforeEach(async () => {
  bed = await makeSealBed(4);
  const { document } = bed.session;
  bed.store.sessions.importPackage({
    document: { ...document, issuedAt: new Date().toISOString(), keys: { ...document.keys, receipts } },
    digest: 'cd'.repeat(32),
    provenance: 'unsigned',
    keyId: null,
    dataKey: Buffer.alloc(32),
    provinceKey: null,
  });
  await sealSitting(bed.sealer, bed.sitting);
  sha256 = bed.store.reports.getSealed(bed.sitting.reportId, 1)!.sha256;
});
afterEach(() => bed.close());

async function sign(digest: string): Promise<string> {
  const receipt = {
    format: 'report-receipt/1',
    reportId: bed.sitting.reportId,
    revision: 1,
    sha256: digest,
    receivedAt: new Date().toISOString(),
    serial: 'S-1',
  };
  return new CompactSign(Buffer.from(JSON.stringify(receipt)))
    .setProtectedHeader({ alg: 'EdDSA', typ: JOSE_TYPE.receipt })
    .sign(province.privateKey);
}

function deliver(receiptJws: string): void {
  const at = Date.now();
  const { outbox } = bed.store;
  const id = { reportId: bed.sitting.reportId, revision: 1 };
  outbox.recordReceipt({
    ...id,
    at,
    httpStatus: 201,
    receiptJws,
    serial: 'S-1',
    receivedAt: at,
    nextReturnCheckAt: null,
  });
}

test('a receipt of the province stays, also when the province has another key since', async () => {
  deliver(await sign(sha256));
  expect(await checkReceipts(bed.store)).toBe(0);
  const other = await generateKeyPair('EdDSA', { extractable: true });
  const { document } = bed.store.sessions.getSession(bed.session.packageId)!;
  const keys = { ...document.keys, receipts: [PublicJwk.parse(await exportJWK(other.publicKey))] };
  bed.store.sessions.importPackage({
    document: { ...document, issuedAt: new Date(Date.now() + 1_000).toISOString(), keys },
    digest: 'ef'.repeat(32),
    provenance: 'unsigned',
    keyId: null,
    dataKey: Buffer.alloc(32),
    provinceKey: null,
  });
  expect(await checkReceipts(bed.store)).toBe(0);
  expect(bed.store.outbox.listQueued()).toEqual([]);
});

test.each(['a.b.c', 'of other bytes'])(
  '"%s" is no receipt: the revision is owed again, and the report says so',
  async (what) => {
    deliver(what === 'a.b.c' ? what : await sign('00'.repeat(32)));
    expect(bed.store.sittings.getSitting(bed.sitting.id)?.state).toBe('delivered');
    expect(await checkReceipts(bed.store)).toBe(1);
    expect(bed.store.outbox.listQueued()).toMatchObject([{ reportId: bed.sitting.reportId, revision: 1 }]);
    expect(bed.store.sittings.getSitting(bed.sitting.id)?.state).toBe('sealed');
    expect(bed.store.settings.listMarks(bed.session.packageId)).toMatchObject([{ mark: 'receipt_unproven' }]);
    expect(await checkReceipts(bed.store)).toBe(0);
    deliver(await sign(sha256));
    expect(await checkReceipts(bed.store)).toBe(0);
  },
);
