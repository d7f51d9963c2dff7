import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { Shelf } from '../../../electron/core/lobby/shelf.ts';
import { withLobby } from '../../support/with-lobby.ts';

test('a look that began earlier and ends later takes nothing away that a newer one found', async () => {
  await withLobby(async (world) => {
    const stick = { dir: world.dir, removable: true, volume: 'usb', folder: null };
    let first = true;
    const shelf = new Shelf({
      store: world.store,
      // The first answer comes late, and does not know the stick yet.
      places: async () => {
        if (!first) return [stick];
        first = false;
        await new Promise((resolve) => setTimeout(resolve, 150));
        return [];
      },
      readKeys: () => ({ ok: true, keys: [], given: false }),
      onError: (cause) => {
        throw cause;
      },
    });
    const file = path.join(world.dir, 'phien.json');
    writeFileSync(file, JSON.stringify(world.document()));
    shelf.start();
    const id = await shelf.find(file);
    expect(id).not.toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(await shelf.take(id ?? '')).toMatchObject({ ok: true });
    await shelf.stop();
  });
});
