import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Faults that are built into a core process for the control of a gate: pieces of its source are read otherwise. A piece that is no
 * longer there ends the process, so that no control becomes a core without a fault unnoticed.
 */

const CORE = path.resolve(import.meta.dirname, '../../electron/core');
const VARIABLE = 'KIOSK_TEST_FAULT';

interface Edit {
  file: string;
  from: string;
  to: string;
}

const FAULTS = {
  /** The desk says "signed in" a moment before the commit. */
  'answers before the commit': [
    {
      file: 'store/attendance-store.ts',
      from: 'return this.#db.transaction(body).immediate();',
      to: `if (!this.#db.inTransaction) {
        this.#db.exec('BEGIN IMMEDIATE');
        setTimeout(() => this.#db.exec('COMMIT'), 120);
      }
      return body();`,
    },
    {
      file: 'store/journal-writer.ts',
      from: 'queueMicrotask(() => this.flush());',
      to: 'setTimeout(() => this.flush(), 150);',
    },
  ],
  /** Two starts on an empty folder both make keys, and the later one's replace those of the one that runs. */
  'keys before the lock': [
    {
      file: 'store/folder-lock.ts',
      from: 'mkdirSync(folder, { recursive: true, mode: 0o700 });',
      to: 'mkdirSync(folder, { recursive: true, mode: 0o700 });\n  if (waitMs >= 0) return { release: () => undefined };',
    },
    {
      file: 'store/durable-create.ts',
      from: 'return giveName(temporary, file);',
      to: 'renameSync(temporary, file);\n    return true;',
    },
    { file: 'access/device-keys.ts', from: 'kept = readKeyFile(file);', to: `kept = { is: 'whole', keys: made };` },
    {
      file: 'access/device-keys.ts',
      from: 'const repair = keepCopy(copy, readKeyFile(copy), kept.keys);',
      to: 'const repair = null as KeyRepair | null;',
    },
  ],
  /** An error of the disk is taken for success. */
  'errors of the disk are swallowed': [
    {
      file: 'store/attendance-store.ts',
      from: 'if (!this.#makeRoom(cause)) throw cause;',
      to: `this.#makeRoom(cause);
      if (String((cause as { code?: unknown }).code).startsWith('SQLITE_')) return { ok: true, written: [] } as T;`,
    },
  ],
} satisfies Record<string, Edit[]>;

export type CoreFault = keyof typeof FAULTS;

/** The environment in which a core process has this fault; none for null. */
export function withFault(fault: CoreFault | null): NodeJS.ProcessEnv {
  if (fault === null) return {};
  const options = `${process.env['NODE_OPTIONS'] ?? ''} --import=${import.meta.url}`.trim();
  return { NODE_OPTIONS: options, [VARIABLE]: fault };
}

const wanted = process.env[VARIABLE];
if (wanted !== undefined) {
  const edits: Edit[] | undefined = FAULTS[wanted as CoreFault];
  if (!edits) throw new Error(`no fault "${wanted}"`);
  for (const { file, from } of edits)
    if (!readFileSync(path.join(CORE, file), 'utf8').includes(from)) throw new Error(`${file} has no "${from}"`);
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const own = edits.filter(({ file }) => url === pathToFileURL(path.join(CORE, file)).href);
      if (own.length === 0) return loaded;
      const text = readFileSync(fileURLToPath(url), 'utf8');
      return { ...loaded, source: own.reduce((now, { from, to }) => now.replace(from, () => to), text) };
    },
  });
}
