import { expect, test } from 'vitest';
import { tell } from '../support/hall-acts.ts';
import { withCore } from '../support/with-core.ts';

test('a fault of the disk right after the end was stored: the report is sealed and sent all the same, without a restart', async () => {
  await withCore({ people: 3 }, async (world) => {
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    await world.until('open', () => world.core.hall.sitting?.state === 'open');
    const { sittingId } = world;
    const { sittings } = world.store;
    const recordStep = sittings.recordStep.bind(sittings);
    sittings.recordStep = (...step) => {
      const done = recordStep(...step);
      if (step[2] !== 'ended') return done;
      sittings.recordStep = recordStep;
      throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_READ' });
    };
    expect(await tell(world, 'console/end-sitting', { sittingId })).toBe('error');
    await world.until('delivery', () => sittings.getSitting(sittingId)?.state === 'delivered');
    expect(world.intake.listReports()).toHaveLength(1);
  });
});
