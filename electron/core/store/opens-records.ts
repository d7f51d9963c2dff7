import Database from 'better-sqlite3';
import { z } from 'zod';
import { decryptBytes } from './field-cipher.ts';
import { newestName } from './database.ts';

const Rows = z.array(z.object({ package_id: z.string(), device_key: z.instanceof(Buffer) }));

/** Whether this database key opens the records at `file`: the data key of any of their sessions. Changes nothing of them. */
export function opensRecords(file: string, databaseKey: Buffer): boolean {
  let db: Database.Database | null = null;
  try {
    db = new Database(newestName(file), { fileMustExist: true });
    const rows = Rows.parse(db.prepare('SELECT package_id, device_key FROM session').all());
    return rows.some(({ package_id: id, device_key: wrapped }) => {
      try {
        return decryptBytes(databaseKey, `data-key:${id}`, wrapped).length > 0;
      } catch {
        return false;
      }
    });
  } catch {
    return false;
  } finally {
    db?.close();
  }
}
