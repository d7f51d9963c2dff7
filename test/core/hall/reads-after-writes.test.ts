import { expect, test } from 'vitest';
import { tell } from '../../support/hall-acts.ts';
import { withCore } from '../../support/with-core.ts';

const FAULT = Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_READ' });

test('what was written is answered as done although reading it back fails, and is there when it can be read again', async () => {
  await withCore({ people: 4 }, async (world) => {
    const { sittingId, store } = world;
    await world.until('open', () => world.core.hall.sitting?.state === 'open');
    await world.ask('console/unlock', { pin: '123456', role: 'technician' });
    const { attendance } = store;
    const register = () => world.core.hall.register(sittingId);

    const listWithdrawn = attendance.listWithdrawn.bind(attendance);
    attendance.listWithdrawn = () => {
      attendance.listWithdrawn = listWithdrawn;
      throw FAULT;
    };
    const guest = { sittingId, kind: 'walk_in', name: 'Lò Thị Mẩy', notDuplicate: true } as const;
    expect(await tell(world, 'console/people/add', guest)).toBe('ok');
    expect(register().getTotals()).toMatchObject({ walkIns: 1 });
    expect(
      register()
        .listInOrder()
        .map(({ name }) => name),
    ).toContain('Lò Thị Mẩy');

    expect(await tell(world, 'console/people/roll-call/open', { sittingId, title: 'Giữa giờ' })).toBe('ok');
    const closeRollCalls = attendance.closeRollCalls.bind(attendance);
    const listRollCalls = attendance.listRollCalls.bind(attendance);
    attendance.closeRollCalls = (...args) => {
      const closed = closeRollCalls(...args);
      attendance.listRollCalls = () => {
        attendance.listRollCalls = listRollCalls;
        throw FAULT;
      };
      return closed;
    };
    expect(await tell(world, 'console/people/roll-call/close', { sittingId })).toBe('ok');
    attendance.listRollCalls = listRollCalls;
    expect(attendance.listRollCalls(sittingId).every(({ closedAt }) => closedAt !== null)).toBe(true);
    const [person] = world.document.roster!;
    expect(await tell(world, 'desk/sign-in', { sittingId, personId: person!.id, method: 'list' })).toBe('ok');
    expect(register().getTotals()).toMatchObject({ came: 2 });
  });
});
