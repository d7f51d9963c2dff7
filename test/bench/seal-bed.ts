import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose';
import { PublicJwk } from '../../electron/contract/common.ts';
import { assert } from '../../electron/shared/result.ts';
import type { SittingRecord } from '../../electron/contract/sitting.ts';
import { loadDeviceKeys } from '../../electron/core/access/device-keys.ts';
import { Register } from '../../electron/core/attendance/register.ts';
import { PlaybackEvidence } from '../../electron/core/broadcast/evidence.ts';
import { importPackage } from '../../electron/core/provisioning/import-package.ts';
import type { SealingKey } from '../../electron/core/report/sign-compact.ts';
import type { SealerOptions } from '../../electron/core/report/sealer.ts';
import type { SessionRecord } from '../../electron/core/store/session-store.ts';
import { Store } from '../../electron/core/store/store.ts';
import { makePackage } from '../support/make-package.ts';

/** An ended sitting of an invented venue, in a real database file: of every 20 summoned, 19 signed in. */
export interface SealBed {
  store: Store;
  /** The database file, and what opens it again. */
  file: string;
  storeKeys: { kek: Buffer; index: Buffer };
  session: SessionRecord;
  sitting: SittingRecord;
  sealer: SealerOptions;
  deviceKey: SealingKey;
  provinceKey: JWK;
  provincePrivateKey: CryptoKey;
  close(): void;
}

export async function makeSealBed(people: number, overrides: Record<string, unknown> = {}): Promise<SealBed> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'seal-bench-'));
  const keys = loadDeviceKeys(path.join(dir, 'keys'));
  assert(keys.ok, 'device keys are made');
  const file = path.join(dir, 'kiosk.db');
  const storeKeys = { kek: keys.value.databaseKey, index: keys.value.indexKey, device: keys.value.device.privateKey };
  const opened = Store.open({ file, keys: storeKeys });
  assert(opened.ok, 'the database opens');
  const { store } = opened;
  const receipts = await generateKeyPair('EdDSA', { extractable: true });
  const reports = await generateKeyPair('ECDH-ES+A256KW', { crv: 'X25519', extractable: true });
  const provinceKey = await exportJWK(reports.publicKey);
  const document = makePackage(
    {
      keys: {
        receiptPublicJwk: PublicJwk.parse(await exportJWK(receipts.publicKey)),
        reportPublicJwk: PublicJwk.parse(provinceKey),
      },
    },
    'http://127.0.0.1:9',
    { people, overrides },
  );
  const digest = createHash('sha256').update(randomUUID()).digest('hex');
  const imported = await importPackage(store, { document, provenance: 'unsigned', keyId: null, digest });
  assert(imported.ok, 'the package is imported');
  const session = store.sessions.getSession(document.packageId);
  const first = store.sittings.listSittings(document.packageId)[0];
  assert(session && first, 'the session is stored');
  store.sittings.recordStep(first.id, 'prepared', 'open', { openedAt: Date.now() });
  const register = new Register(store, document.packageId, first);
  const context = { station: 'desk-1', actor: 'attendee', broadcastMs: null };
  [...register.listPeople().keys()].forEach((id, i) => {
    if (i % 20 !== 7) register.signIn(id, 'search', context);
  });
  store.sittings.recordStep(first.id, 'open', 'ended', { endedAt: Date.now(), endedBy: 'technician' });
  const sitting = store.sittings.getSitting(first.id);
  assert(sitting, 'the sitting is stored');
  const evidence = new PlaybackEvidence(store);
  const sealer: SealerOptions = {
    store,
    session,
    deviceKey: keys.value.device,
    app: 'bench',
    facts: (s) => {
      register.setSitting(s);
      return {
        people: [...register.listPeople().values()],
        statuses: register.listStatuses(),
        totals: register.getTotals(),
        units: register.listUnits(),
        evidence: evidence.getEvidence(s.id),
      };
    },
    firstAttemptAt: (endedAt) => endedAt,
  };
  const bed: SealBed = {
    store,
    file,
    storeKeys,
    session,
    sitting,
    sealer,
    deviceKey: keys.value.device,
    provinceKey,
    provincePrivateKey: reports.privateKey,
    close: () => {
      bed.store.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return bed;
}
