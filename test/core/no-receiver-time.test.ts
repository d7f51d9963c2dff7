import { expect, test } from 'vitest';
import { SessionPackage } from '../../electron/contract/session-package.ts';
import { importPackage } from '../../electron/core/provisioning/import-package.ts';
import { PcSettings } from '../../electron/core/hall/pc-settings.ts';
import { Backlog } from '../../electron/core/lobby/backlog.ts';
import { withCore } from '../support/with-core.ts';
import { withLobby } from '../support/with-lobby.ts';

/** A session without a receiver has nobody to ask what time it is; that is no fault. */
const DAY = 24 * 3_600_000;
const SITTING = 'hn-2026-thu/sang';
const withoutReceiver = (document: SessionPackage): SessionPackage =>
  SessionPackage.parse({ ...document, delivery: { receiver: 'none', reportFormats: ['session-report/2'] }, keys: {} });

test('on the start screen the province of an older session is asked for the time, and nobody where there is none', async () => {
  await withLobby(async (world) => {
    const log = { info: () => undefined, error: () => undefined };
    const deviceKey = {} as ConstructorParameters<typeof Backlog>[0]['deviceKey'];
    const backlog = new Backlog({
      store: world.store,
      settings: new PcSettings(null),
      deviceKey,
      app: 'test',
      random: Math.random,
      log,
    });
    const document = withoutReceiver(world.document());
    await importPackage(world.store, { document, provenance: 'unsigned', keyId: null, digest: 'a'.repeat(64) });
    await expect(backlog.askTime()).resolves.toEqual({ cause: null });
    await backlog.stop();
  });
});

test(
  'the time of keeping of a session without a receiver is judged, though there is no province to ask',
  { timeout: 60_000 },
  async () => {
    let days = 0;
    const now = () => Date.now() + days * DAY;
    const clock = {
      now,
      stamp: () => ({ wallMs: now(), monoMs: Math.round(performance.now()), bootId: `day-${days}` }),
    };
    await withCore({ people: 3, clock, package: withoutReceiver }, async (world) => {
      await world.ask('console/unlock', { pin: '123456', role: 'technician' });
      await world.ask('console/end-sitting', { sittingId: SITTING });
      await world.until('sealed', () => world.store.sittings.getSitting(SITTING)?.state === 'sealed');
      days = 120;
      await world.restart();
      world.core.retention.look();
      expect(world.log.filter(({ event }) => event === 'retention_failed')).toEqual([]);
    });
  },
);
