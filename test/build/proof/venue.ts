import fs from 'node:fs';
import path from 'node:path';
import { createCentral, type Central } from '../../../electron/core/rehearsal/central.ts';
import { createIntake, type Intake } from '../../../electron/core/rehearsal/intake.ts';
import { ROOT } from '../../../build/packages/folder.ts';
import { makePackage } from '../../support/make-package.ts';
import { createProvinceKeys } from '../../support/with-lobby.ts';

/** The PIN of the technician in the package. */
export const PIN = '123456';
/** Longer than any proof. */
const HOUR_MS = 3_600_000;

/** What stands outside a venue: a broadcast, a province that takes reports, and the session package that it signed. */
export interface Outside {
  central: Central;
  province: Intake;
  /** The file that the province hands out. */
  packageFile: string;
  conference: string;
  stop(): Promise<void>;
}

/** Starts them on this computer; sign-in is open and the broadcast has begun. `folder` takes what the province keeps. */
export async function startOutside(folder: string): Promise<Outside> {
  fs.mkdirSync(folder, { recursive: true });
  const now = Date.now();
  const central = createCentral({
    mediaDir: path.join(ROOT, 'electron/core/rehearsal/media'),
    streamStartsAtMs: now - 60_000,
    endsAtMs: now + HOUR_MS,
  });
  const province = createIntake({ dir: path.join(folder, 'province'), rehearsal: false });
  const { masterUrl } = await central.start();
  const { endpoint } = await province.start();
  const document = makePackage(province, endpoint, {
    people: 60,
    sources: [{ id: 'chinh', url: masterUrl }],
    sitting: { endsAt: new Date(now + HOUR_MS).toISOString() },
    overrides: { playback: { delaySeconds: 12 }, access: { technicianPin: PIN, chairPin: '654321' } },
  });
  return {
    central,
    province,
    packageFile: await createProvinceKeys('tinh-vi-du').sign(document),
    conference: document.conference.title,
    stop: async () => {
      await central.stop();
      await province.stop();
    },
  };
}
