import { expect, test, vi } from 'vitest';
import { Sealing } from '../../../electron/core/hall/sealing.ts';
import type { SealerOptions } from '../../../electron/core/report/sealer.ts';
import { makeSealBed } from '../../bench/seal-bed.ts';

/** A sealer that fails for each sitting as often as is said, and then seals the bed's own one. */
async function withFailing(
  failures: Record<string, number>,
  body: (sealing: Sealing, tries: Record<string, number>, own: string) => Promise<void>,
): Promise<void> {
  const bed = await makeSealBed(3);
  const tries: Record<string, number> = {};
  const sittings = new Proxy(bed.store.sittings, {
    get: (target, name) => {
      // Every sitting asked about is there and has ended.
      if (name === 'getSitting') return (id: string) => ({ ...bed.sitting, id, state: 'ended' });
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  const store = new Proxy(bed.store, {
    get: (target, name) => (name === 'sittings' ? sittings : (Reflect.get(target, name, target) as unknown)),
  });
  const facts: SealerOptions['facts'] = (sitting) => {
    tries[sitting.id] = (tries[sitting.id] ?? 0) + 1;
    if (tries[sitting.id]! <= (failures[sitting.id] ?? 0)) throw new Error(`no space for ${sitting.id}`);
    return bed.sealer.facts(bed.sitting);
  };
  const sealing = new Sealing({ ...bed.sealer, store, facts }, 20);
  try {
    await body(sealing, tries, bed.sitting.id);
  } finally {
    await sealing.stop();
    bed.close();
  }
}

test('two sittings that cannot be sealed are each tried again, and neither waits for the other', () =>
  withFailing({ sang: Infinity, chieu: Infinity }, async (sealing, tries) => {
    const failed: string[] = [];
    sealing.failed.on((cause) => failed.push(String(cause)));
    sealing.sealSoon('sang');
    sealing.sealSoon('chieu');
    await vi.waitFor(() => expect(Math.min(tries['sang'] ?? 0, tries['chieu'] ?? 0)).toBeGreaterThan(4), 5_000);
    expect(Math.abs(tries['sang']! - tries['chieu']!)).toBeLessThan(3);
    expect(new Set(failed)).toEqual(new Set(['Error: no space for sang', 'Error: no space for chieu']));
  }));

test('one that fails for good does not keep the other from its own success', () =>
  withFailing({ hong: Infinity, 'hn-2026-thu/sang': 2 }, async (sealing, tries, own) => {
    const sealed = new Promise((resolve) => sealing.sealed.on(resolve));
    sealing.sealSoon('hong');
    sealing.sealSoon(own);
    expect(await sealed).toMatchObject({ revision: 1 });
    expect(tries[own]).toBeGreaterThan(2);
  }));

test('after it was stopped nothing is tried again', () =>
  withFailing({ sang: Infinity }, async (sealing, tries) => {
    sealing.sealSoon('sang');
    await vi.waitFor(() => expect(tries['sang']).toBeGreaterThan(0));
    await sealing.stop();
    const before = tries['sang'];
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(tries['sang']).toBe(before);
  }));
