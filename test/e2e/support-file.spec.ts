import { vi } from '../../renderer/i18n/vi.ts';
import { createOpenView } from '../support/fake-core-views.ts';
import { expect, test } from '../support/window-test.ts';

test('the technician saves the support file to a chosen place, is told what is in it, and what failed; the chair has no such button', async ({
  page,
  core,
}) => {
  const open = createOpenView(Date.now());
  core.answer('console/report/places', {
    ok: true,
    places: [
      { id: 'usb', kind: 'removable', label: 'KINGSTON', folder: null, freeBytes: 7e9, writable: true },
      { id: 'doc', kind: 'folder', label: null, folder: 'documents', freeBytes: 2e11, writable: true },
    ],
  });
  core.console({ locked: false, role: 'technician', open });
  await page.goto(`${core.url}/console/`);
  await page.getByRole('button', { name: vi.console.nav.help, exact: true }).click();
  await page.getByRole('button', { name: vi.support.open }).click();
  const sheet = page.getByRole('dialog', { name: vi.support.title });
  await expect(sheet).toContainText(vi.support.lacksWhat);
  await sheet.getByRole('radio', { name: /Tài liệu/u }).check();
  core.answer('console/support/save', { ok: false, error: 'not_saved' });
  await sheet.getByRole('button', { name: vi.support.save }).click();
  await expect(sheet).toContainText(vi.support.failed.not_saved);
  core.answer('console/support/save', { ok: true, file: 'goi-ho-tro_DC-01_2026-11-27.zip', sizeBytes: 48_000 });
  await sheet.getByRole('button', { name: vi.support.save }).click();
  await expect(sheet.getByTestId('support-saved')).toContainText('goi-ho-tro_DC-01_2026-11-27.zip');
  await expect(sheet.getByTestId('support-saved')).toContainText(vi.report.save.folder.documents);
  const sent = core.calls.filter(({ name }) => name === 'support/save').map(({ input }) => input);
  expect(sent).toEqual([{ placeId: 'doc' }, { placeId: 'doc' }]);
  await sheet.getByRole('button', { name: vi.common.close }).click();
  core.console({ locked: false, role: 'chair', open });
  await expect(page.getByRole('button', { name: vi.support.open })).toHaveCount(0);
});
