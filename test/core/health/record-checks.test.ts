import { expect, test } from 'vitest';
import { CHECKS, type CheckId } from '../../../electron/contract/checks.ts';
import { createCheckBed, withCheckBed } from '../../support/check-bed.ts';

const DAY_MS = 86_400_000;

test('pins: none is red, none of the chair is yellow', async () => {
  await withCheckBed({}, async ({ run, context }) => {
    expect(await run('pins')).toMatchObject({ state: 'green', word: 'both' });
    context.records.isPinSet = (role) => role === 'technician';
    expect(await run('pins')).toMatchObject({ state: 'yellow', word: 'no_chair' });
    context.records.isPinSet = () => false;
    expect(await run('pins')).toMatchObject({ state: 'red', word: 'missing' });
  });
});

test('roster: empty and damaged are red, an old one, open questions and none at all are yellow', async () => {
  await withCheckBed({}, async ({ run, context }) => {
    const now = Date.now();
    const good = { hasRoster: true, summoned: 20, damaged: 0, listAt: now };
    const found = async (change: Partial<typeof good>, doubles = 0) => {
      context.records.roster = () => ({ ...good, ...change });
      context.records.countDoubles = () => Promise.resolve(doubles);
      const { state, word } = await run('roster');
      return `${state} ${word}`;
    };
    expect(await found({})).toBe('green good');
    expect(await found({ listAt: now - 40 * DAY_MS })).toBe('yellow old');
    expect(await found({}, 2)).toBe('yellow questions');
    expect(await found({ hasRoster: false, summoned: 0 })).toBe('yellow none');
    expect(await found({ summoned: 0 })).toBe('red empty');
    expect(await found({ damaged: 3 })).toBe('red damaged');
  });
});

test('package: over is red; unsigned, let in by a person, old or with a damaged file is yellow', async () => {
  await withCheckBed({}, async ({ run, context }) => {
    expect(await run('package')).toMatchObject({ state: 'green', word: 'signed' });
    context.records.alarms = () => ['package_file_bad'];
    expect(await run('package')).toMatchObject({ state: 'yellow', word: 'file_bad' });
    context.records.alarms = () => [];
    context.records.hallFacts = () => ({
      trust: { admitted: 'by_person', by: null, at: null, fingerprint: null },
    });
    expect((await run('package')).word).toBe('by_person');
    context.records.hallFacts = () => ({});
    context.session = { ...context.session, provenance: 'unsigned' };
    expect((await run('package')).word).toBe('unsigned');
    context.session = { ...context.session, provenance: 'rehearsal' };
    expect((await run('package')).word).toBe('rehearsal');
    context.session = { ...context.session, provenance: 'signed', issuedAt: Date.now() - 60 * DAY_MS };
    expect((await run('package')).word).toBe('old');
    context.now = () => Date.now() + 30 * DAY_MS;
    expect(await run('package')).toMatchObject({ state: 'red', word: 'over' });
  });
});

test('sound and scanner: what a person said, and what nobody did', async () => {
  await withCheckBed({}, async ({ run, context }) => {
    expect((await run('sound')).word).toBe('heard');
    expect((await run('scanner')).word).toBe('read');
    context.answers = {};
    expect(await run('sound')).toMatchObject({ state: 'yellow', word: 'not_asked' });
    expect(await run('scanner')).toMatchObject({ state: 'yellow', word: 'not_tried' });
    context.answers = { sound: { heard: false, at: 1 }, scanner: { result: 'unreadable', at: 1 } };
    expect(await run('sound')).toMatchObject({ state: 'red', word: 'not_heard' });
    expect(await run('scanner')).toMatchObject({ state: 'red', word: 'unreadable' });
    context.stage.isSoundDeviceLost = () => true;
    context.stage.soundDevice = () => 'Loa hội trường';
    expect(await run('sound')).toMatchObject({
      state: 'red',
      word: 'device_lost',
      facts: { device: 'Loa hội trường' },
    });
  });
});

test('second copy: as the journal says; none is said honestly', async () => {
  await withCheckBed({}, async ({ run, context }) => {
    for (const [state, light] of [
      ['complete', 'green'],
      ['none', 'yellow'],
      ['behind', 'yellow'],
      ['failed', 'red'],
    ] as const) {
      context.records.hallFacts = () => ({ secondCopy: { state, where: null, at: null } });
      expect(await run('second_copy')).toMatchObject({ state: light, word: state });
    }
    context.records.hallFacts = () => ({});
    expect((await run('second_copy')).word).toBe('none');
  });
});

test('displays, browser and front: by what the shell says of them', async () => {
  await withCheckBed({}, async ({ run, context }) => {
    const shell = context.shell!;
    const [desk, stage] = shell.displays;
    expect(await run('displays')).toMatchObject({ state: 'green', word: 'two', facts: { stage: 'B 1920×1080' } });
    const shown = async (displays: typeof shell.displays, change: Partial<typeof shell> = {}) => {
      context.shell = { ...shell, displays, ...change };
      const { state, word } = await run('displays');
      return `${state} ${word}`;
    };
    expect(await shown([desk!])).toBe('yellow one');
    expect(await shown([])).toBe('red none');
    expect(await shown([{ ...desk!, width: 1024 }, stage!])).toBe('yellow small');
    expect(await shown([desk!, { ...stage!, left: 0 }])).toBe('yellow mirrored');
    expect(await shown([desk!, stage!], { windows: [{ role: 'stage', fills: false }] })).toBe('red misplaced');
    expect(await shown([desk!, stage!], { madeUp: true })).toBe('yellow unknown');
    context.shell = { ...shell, front: 'other', frontName: 'Zalo' };
    expect(await run('front')).toMatchObject({ state: 'red', word: 'other', facts: { name: 'Zalo' } });
    const program = { name: 'Chromium', version: '90.1', chromium: '90.1', builtAt: null };
    context.shell = { ...shell, program };
    expect(await run('browser')).toMatchObject({ state: 'red', word: 'too_old' });
    context.shell = { ...shell, program: { ...program, chromium: '140.1', builtAt: Date.now() - 300 * DAY_MS } };
    expect(await run('browser')).toMatchObject({ state: 'yellow', word: 'old' });
    context.shell = null;
    for (const id of ['displays', 'browser', 'front'] as const) expect((await run(id)).word).toBe('unknown');
  });
});

test('there are at least sixteen checks, each can be green and each can be red', () => {
  const ids = Object.keys(CHECKS) as CheckId[];
  expect(ids.length).toBeGreaterThanOrEqual(16);
  for (const id of ids) {
    const states: string[] = Object.values(CHECKS[id]);
    expect([id, states.includes('green'), states.includes('red')]).toEqual([id, true, true]);
  }
});

test('what is wrong with nothing is green, all of it', async () => {
  const bed = createCheckBed({});
  try {
    // The network's own checks are tested with real servers.
    for (const id of ['displays', 'picture', 'sound', 'power', 'pins', 'roster', 'scanner', 'package'] as const)
      expect([id, (await bed.run(id)).state]).toEqual([id, 'green']);
    for (const id of ['second_copy', 'browser', 'front'] as const)
      expect([id, (await bed.run(id)).state]).toEqual([id, 'green']);
  } finally {
    await bed.stop();
  }
});
