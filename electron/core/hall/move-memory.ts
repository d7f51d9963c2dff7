import { z } from 'zod';
import type { MoveMemory } from '../network/moved-addresses.ts';
import type { SettingsStore } from '../store/settings-store.ts';

const KEY = 'moved_addresses';
const Move = z.object({ from: z.url(), to: z.url() });
const Moves = z.object({ addresses: z.array(Move), servers: z.array(Move) });
const NONE = { addresses: [], servers: [] };

/**
 * Where addresses of a session have moved for good, for a core that starts again: the old server may be gone by then. Sealed, because
 * an address may carry a token. Failing to write costs only the memory; `onError` hears of it.
 */
export function createMoveMemory(
  settings: Pick<SettingsStore, 'getSealed' | 'setSealed'>,
  packageId: string,
  onError: (cause: unknown) => void,
): MoveMemory {
  return {
    read: () => settings.getSealed(packageId, KEY, Moves) ?? NONE,
    write: (moves) => {
      try {
        settings.setSealed(packageId, KEY, moves);
      } catch (cause) {
        onError(cause);
      }
    },
  };
}
