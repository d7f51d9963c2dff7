import type { Page } from '@playwright/test';
import { vi } from '../../renderer/i18n/vi.ts';

/** Fills in the open form of a session made on the spot, all but its stream and roster. */
export async function fillLocalForm(page: Page): Promise<void> {
  const { lobby } = vi;
  await page.getByLabel(lobby.facts.conference, { exact: true }).fill('Hội nghị đột xuất');
  await page.getByLabel(lobby.facts.venue, { exact: true }).fill('Hội trường xã Bắc');
  await page.getByLabel(lobby.local.sitting).fill('Buổi chiều');
  await page.getByLabel(lobby.local.day).fill('2030-01-15');
  await page.getByLabel(lobby.local.from, { exact: true }).fill('14:00');
  await page.getByLabel(lobby.local.to, { exact: true }).fill('16:30');
}
