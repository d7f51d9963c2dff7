import { describePageFault } from '../log/error-text.ts';
import type { CoreOptions } from './core-options.ts';
import type { Hall } from './hall/hall.ts';
import type { Pc } from './hall/pc.ts';
import { makeSupportFile } from './hall/support-file.ts';
import type { Health } from './health/health.ts';

/** Makes the support file of this core whenever it is asked for. */
export function supportFileOf(
  { store, shell, dataDir, app }: CoreOptions,
  { hall, pc, health }: { hall: Hall; pc: Pc; health: Health },
): () => Promise<Uint8Array> {
  return () =>
    makeSupportFile({
      store,
      hall,
      pc,
      checks: () => health.view.outcomes,
      askShell: async () => (await shell.facts?.()) ?? null,
      app,
      dataDir,
      shellDir: shell.settingsDir,
      redact: describePageFault,
    });
}
