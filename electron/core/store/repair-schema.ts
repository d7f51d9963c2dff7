import Database from 'better-sqlite3';
import { z } from 'zod';
import { migrate } from './migrate.ts';

const Definitions = z.array(z.object({ type: z.enum(['view', 'trigger']), name: z.string(), sql: z.string() }));
const LIST = `SELECT type, name, sql FROM sqlite_schema WHERE type IN ('view', 'trigger') ORDER BY name`;

/** Views and triggers hold no data: one that is not as this program makes it, because a bit of it is wrong, is made again. */
export function repairSchema(db: Database.Database): void {
  const model = new Database(':memory:');
  try {
    migrate(model);
    const wanted = new Map(Definitions.parse(model.prepare(LIST).all()).map((each) => [each.name, each]));
    const found = new Map(Definitions.parse(db.prepare(LIST).all()).map((each) => [each.name, each]));
    for (const { type, name, sql } of wanted.values()) {
      if (found.get(name)?.sql === sql) continue;
      db.exec(`DROP ${type} IF EXISTS "${name}"; ${sql}`);
    }
  } finally {
    model.close();
  }
}
