import Database from 'better-sqlite3';
import { z } from 'zod';
import { encryptBytes } from './field-cipher.ts';

const Rows = z.array(z.object({ packageId: z.string(), provinceKey: z.string().nullable() }));

/**
 * Wraps the data keys of sessions for another database key, in a copy of the records: `open` turns a key that was wrapped for
 * the province into the data key, or null where that is none of its. Answers the sessions that can be opened now.
 */
export async function rewrapSessions(
  file: string,
  databaseKey: Buffer,
  open: (provinceKey: string) => Promise<Buffer | null>,
): Promise<string[]> {
  const db = new Database(file, { fileMustExist: true });
  try {
    const rows = Rows.parse(
      db.prepare('SELECT package_id AS packageId, province_key AS provinceKey FROM session').all(),
    );
    const put = db.prepare('UPDATE session SET device_key = ? WHERE package_id = ?');
    const opened: string[] = [];
    for (const { packageId, provinceKey } of rows) {
      const dataKey = provinceKey === null ? null : await open(provinceKey);
      if (!dataKey) continue;
      put.run(encryptBytes(databaseKey, `data-key:${packageId}`, dataKey), packageId);
      opened.push(packageId);
    }
    return opened;
  } finally {
    db.close();
  }
}
