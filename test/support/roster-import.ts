import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CoreWorld } from './with-core.ts';

/** Bringing rosters in by the console's requests, as its page does. */

export const unlock = (world: CoreWorld) => world.ask('console/unlock', { pin: '123456', role: 'technician' });
export const downloads = (world: CoreWorld) => path.join(world.dir, 'home', 'Downloads');

/** What the import page lists; throws when it lists nothing. */
export async function listFiles(world: CoreWorld) {
  const files = await world.ask('console/roster/files', {});
  if (!files.ok) throw new Error(files.error);
  return files;
}

export function put(world: CoreWorld, name: string, content: string | Uint8Array): void {
  mkdirSync(downloads(world), { recursive: true });
  writeFileSync(path.join(downloads(world), name), content);
}

export async function preview(world: CoreWorld, name: string, answers: Record<string, unknown> = {}) {
  const files = await listFiles(world);
  const file = files.files.find((candidate) => candidate.name === name);
  if (!file) throw new Error(`${name} is not listed`);
  return world.ask('console/roster/preview', { fileIds: [file.id], answers });
}

export async function importFile(world: CoreWorld, name: string, answers: Record<string, unknown> = {}) {
  const shown = await preview(world, name, answers);
  if (!shown.ok) throw new Error(shown.error);
  const { previewId, packageId, plan } = shown.preview;
  const removals = plan.mode === 'replace' ? { removals: plan.missing } : {};
  return world.ask('console/roster/confirm', { previewId, packageId, ...removals });
}

export const everybody = (world: CoreWorld) => [...world.core.hall.register(world.sittingId).listPeople().values()];
export const named = (world: CoreWorld, name: string) => everybody(world).filter((person) => person.name === name);
export const signIn = async (world: CoreWorld, personId: string) =>
  world.ask('desk/sign-in', { sittingId: world.sittingId, personId, method: 'search' });

export const HEAD = 'TT,Họ và tên,Năm sinh,Chức vụ,Đơn vị,Số CCCD\n';
export const FIRST = `${HEAD}1,Lò Thị Mẩy,1961,Bí thư,Chi bộ Bản Mới,099161000001
2,Sầm Văn Pá,1955,Đảng viên,Chi bộ Bản Mới,099055000002
3,Quàng Văn Xôm,1970,Đảng viên,Chi bộ Hưu trí,
4,Quàng Văn Xôm,1971,Đảng viên,Chi bộ Hưu trí,099071000004
`;
