import type Database from 'better-sqlite3';
import { sealClearTexts } from './clear-texts.ts';
import type { PersonTokens } from './person-tokens.ts';
import { adoptOldList } from './roster-adopt.ts';
import type { RosterList } from './roster-list.ts';
import type { RosterLog } from './roster-log.ts';
import type { SessionCiphers } from './session-ciphers.ts';
import type { SessionStore } from './session-store.ts';
import { isFull } from './sqlite-errors.ts';

/**
 * What older programs stored in clear is sealed, and the pages it stood on are written over; their lists begin a log of
 * changes. A change of a list that was not brought to its end is.
 */
export function takeOver(rooms: {
  db: Database.Database;
  ciphers: SessionCiphers;
  sessions: SessionStore;
  tokens: PersonTokens;
  rosterLog: RosterLog;
  list: RosterList;
}): void {
  const { db, ciphers, sessions, tokens, rosterLog, list } = rooms;
  // A damaged session stays as it is.
  const readable = new Set(sessions.listSessions().map(({ packageId }) => packageId));
  try {
    const count = db
      .transaction(() => {
        const hidden =
          tokens.hideClearBadges(readable) +
          sessions.hideClearDocuments(readable) +
          sealClearTexts(db, ciphers, readable);
        for (const packageId of readable) {
          adoptOldList(db, rosterLog, packageId);
          list.finish(packageId);
        }
        return hidden;
      })
      .immediate();
    if (count > 0) db.pragma('wal_checkpoint(TRUNCATE)');
  } catch (cause) {
    // On a full disk at the next start.
    if (!isFull(cause)) throw cause;
  }
}
