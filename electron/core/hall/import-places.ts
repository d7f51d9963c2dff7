import type { ImportPlace } from '../provisioning/import-files.ts';
import { listPlaces, type PlaceRoots } from '../report/places.ts';

/** Rosters are looked for where documents may be saved: sticks and the user's own folders. */
export async function listImportPlaces(roots: PlaceRoots): Promise<ImportPlace[]> {
  const places = await listPlaces(roots);
  return places.map(({ dir, view }) => ({
    dir,
    removable: view.kind !== 'folder',
    volume: view.label,
    folder: view.folder,
  }));
}
