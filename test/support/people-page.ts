import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { openWindow } from './door.ts';
import { expect } from './window-test.ts';
import { withCore, type CoreWorld } from './with-core.ts';

const rendererDir = path.resolve(import.meta.dirname, '../../dist/renderer');

/** A console of a real core, opened by PIN, at the page about people. */
export async function withPeople(page: Page, people: number, body: (world: CoreWorld) => Promise<void>): Promise<void> {
  expect(existsSync(rendererDir), 'run "npm run build" first').toBe(true);
  const supervisors = [{ name: 'Ma Khắc Hằng', position: 'Tỉnh ủy viên', unit: 'Ban Tổ chức Tỉnh ủy' }];
  await withCore(
    {
      people,
      rendererDir,
      package: (document) => ({
        ...document,
        roles: { ...document.roles, supervisors, chair: { name: 'Trần Thị Ví Dụ', position: 'Bí thư' } },
      }),
    },
    async (world) => {
      await world.ask('console/unlock', { pin: '123456', role: 'technician' });
      await openWindow(page, world, 'console');
      await page.getByRole('button', { name: 'Đại biểu', exact: true }).click();
      await body(world);
    },
  );
}

/** The row of somebody in the list. */
export const row = (page: Page, name: string) => page.locator('.people-table tr', { hasText: name }).first();
