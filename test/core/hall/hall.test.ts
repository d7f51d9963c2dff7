import { expect, test } from 'vitest';
import type { SittingRecord } from '../../../electron/contract/sitting.ts';
import { Signal } from '../../../electron/shared/signal.ts';
import { withCore, type CoreWorld } from '../../support/with-core.ts';

/** Morning open, afternoon due as soon as the morning is over. */
const withDay = (body: (world: CoreWorld) => Promise<void>) =>
  withCore(
    {
      people: 6,
      package: (document) => ({
        ...document,
        sittings: [document.sittings[0]!, { ...document.sittings[0]!, id: 'chieu', title: 'Buổi chiều' }],
      }),
    },
    body,
  );

/** Ends the sitting the hall is in; resolves in the next one. */
async function goOn(world: CoreWorld): Promise<{ morning: string; afternoon: string }> {
  const morning = world.sittingId;
  await world.ask('console/unlock', { pin: '123456', role: 'technician' });
  await world.ask('console/end-sitting', { sittingId: morning });
  await world.until('delivery', () => world.store.sittings.getSitting(morning)?.state === 'delivered');
  await world.until('the afternoon', () => world.core.hall.sitting?.state === 'open');
  return { morning, afternoon: world.sittingId };
}

test('a signal calls its listeners in order, at once, until they stop listening or it ends', () => {
  const signal = new Signal<number>();
  const heard: string[] = [];
  const stop = signal.on((n) => heard.push(`a${n}`));
  signal.on((n) => heard.push(`b${n}`));
  signal.emit(1);
  stop();
  signal.emit(2);
  signal.end();
  signal.emit(3);
  expect(heard).toEqual(['a1', 'b1', 'b2']);
});

test('somebody added to the morning in an amendment is found at the desk of the afternoon, and is not in it', () =>
  withDay(async (world) => {
    const { morning, afternoon } = await goOn(world);
    const search = () => world.ask('desk/search', { sittingId: afternoon, query: 'lo thi may' });
    expect(await search()).toMatchObject({ people: [] });
    await world.ask('console/report/amend', { sittingId: morning });
    const at = world.store.sittings.getSitting(morning)!.endedAt!;
    const walkIn = { kind: 'walk_in', name: 'Lò Thị Mẩy', at } as const;
    const added = await world.ask('console/people/add', { sittingId: morning, ...walkIn });
    expect(added).toMatchObject({ ok: true });
    expect(await search()).toMatchObject({ people: [{ name: 'Lò Thị Mẩy', signedInAt: null }] });
    expect(world.core.hall.register(morning).getTotals()).toMatchObject({ walkIns: 1, inHall: 1 });
    expect(world.core.hall.register(afternoon).getTotals()).toMatchObject({ walkIns: 0, inHall: 0 });
    // Taken back: gone from the other list too.
    const { personId } = (added as Extract<typeof added, { ok: true }>).person;
    await world.ask('console/people/undo', { sittingId: morning, personId, reason: 'Nhầm' });
    expect(await search()).toMatchObject({ people: [] });
  }));

test('the console sees the people of every sitting, and each follows its own entries', () =>
  withDay(async (world) => {
    const [first, second] = world.document.roster!;
    await world.ask('desk/sign-in', { sittingId: world.sittingId, personId: first!.id, method: 'search' });
    const { morning, afternoon } = await goOn(world);
    await world.ask('desk/sign-in', { sittingId: afternoon, personId: second!.id, method: 'search' });
    await world.ask('console/report/amend', { sittingId: morning });
    await world.ask('console/people/excuse', { sittingId: morning, personIds: [second!.id], reason: 'Ốm' });
    await world.ask('console/people/head-count', { sittingId: morning, counted: 1 });
    const abort = new AbortController();
    const response = await fetch(`${world.origin}/console/api/events`, {
      headers: { authorization: `Bearer ${world.tokens.console}` },
      signal: abort.signal,
    });
    let text = '';
    for await (const part of response.body!) {
      text += Buffer.from(part as Uint8Array).toString('utf8');
      if (text.includes('\n\n')) break;
    }
    abort.abort();
    const view = JSON.parse(/data: (.*)/u.exec(text)![1]!) as { open: { sittings: object[]; halls: object[] } };
    expect(view.open.sittings).toMatchObject([{ id: morning }, { id: afternoon }]);
    expect(view.open.halls).toMatchObject([
      {
        sittingId: morning,
        totals: { present: 1, absentExcused: 1, absentUnexcused: 4 },
        headCount: { counted: 1, inHall: 1 },
      },
      { sittingId: afternoon, totals: { present: 1, absentExcused: 0, awaited: 5 }, headCount: null },
    ]);
  }));

test('when the hall goes on, one step says that the morning ended and one that the afternoon is on; the PC stays awake', () =>
  withDay(async (world) => {
    const steps: string[] = [];
    world.core.hall.stepped.on((sitting: SittingRecord) => {
      const step = `${sitting.id.split('/')[1]} ${sitting.state}`;
      if (steps.at(-1) !== step) steps.push(step);
    });
    await goOn(world);
    expect(steps.filter((step) => step.startsWith('sang'))[0]).toBe('sang ended');
    expect(steps.at(-1)).toBe('chieu open');
    expect(steps).not.toContain('chieu ended');
  }));

test('every entry about an earlier sitting is written without a moment of the broadcast that is on now', () =>
  withDay(async (world) => {
    const sample = {
      playerSessionId: 'p1',
      state: 'playing',
      sourceId: null,
      programmeTimeMs: Date.now(),
      delayS: 60,
      bufferS: 60,
      framesDecoded: 100,
      framesDropped: 0,
      playedMs: 4_000,
      rebufferMs: 0,
      rebufferCount: 0,
      startupMs: 900,
      heightPx: 720,
      bitrateKbps: 2_000,
    } as const;
    const { morning, afternoon } = await goOn(world);
    await world.ask('stage/playback', sample);
    const [first] = world.document.roster!;
    await world.ask('console/report/amend', { sittingId: morning });
    await world.ask('console/people/excuse', { sittingId: morning, personIds: [first!.id], reason: 'Ốm' });
    await world.ask('console/people/sign-in', { sittingId: afternoon, personId: first!.id });
    const broadcastMs = (id: string) => world.store.attendance.listEvents(id).map((event) => event.broadcastMs);
    expect(broadcastMs(morning)).toEqual([null]);
    expect(broadcastMs(afternoon)).toEqual([expect.any(Number)]);
  }));
