import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { listBoxFaults, spoil, type BoxRules } from './box-faults.ts';
import { LAYOUT_SIZES } from './layout-cases.ts';
import { expect, listAxeViolations, settle } from './window-test.ts';

export interface Measured {
  /** What is on screen, in words; names its pictures too. */
  name: string;
  /** Folder of the pictures, for people to look at. */
  shots: string;
  rules: BoxRules;
  /** Colours and names are the same at each size, so axe is asked once; not where an earlier call has asked the same. */
  axe?: boolean;
  /** What else must be so at each size. */
  also?: (at: string) => Promise<void>;
}

/** What stands still, and who waits how long: for pages on which much is measured. */
export async function beginMeasuring(page: Page): Promise<void> {
  page.setDefaultTimeout(20_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.setViewportSize(LAYOUT_SIZES[1]);
}

/** Measures what is on screen now at every size: boxes, pictures, and what axe says. The page has the middle size afterwards. */
export async function measureAtSizes(page: Page, { name, shots, rules, axe = true, also }: Measured): Promise<void> {
  mkdirSync(shots, { recursive: true });
  for (const size of LAYOUT_SIZES) {
    await page.setViewportSize(size);
    await settle(page);
    const at = `${name}, ${size.width}`;
    await page.screenshot({ path: path.join(shots, `${size.width} ${name}.png`) });
    expect.soft([at, await listBoxFaults(page, rules)]).toEqual([at, []]);
    await also?.(at);
    if (axe && size === LAYOUT_SIZES[1]) expect.soft([at, await listAxeViolations(page)]).toEqual([at, []]);
  }
  await page.setViewportSize(LAYOUT_SIZES[1]);
}

/** For the control of a measure: what it finds once this style is added to the page, one line each. */
export async function listFaultsWith(page: Page, css: string, rules: BoxRules): Promise<string> {
  await spoil(page, css);
  return (await listBoxFaults(page, rules)).join('\n');
}
