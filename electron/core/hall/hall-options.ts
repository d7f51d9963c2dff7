import type { SittingAnswer } from '../delivery/province-client.ts';
import type { StatementSubject } from '../delivery/receipts.ts';
import type { Egress } from '../network/egress.ts';
import type { SessionRecord } from '../store/session-store.ts';
import type { Store } from '../store/store.ts';
import type { CacheOptions } from './broadcast.ts';
import type { HallLog } from './hall-log.ts';

/** What a hall is made around. */
export interface HallOptions {
  store: Store;
  session: SessionRecord;
  egress: Egress;
  /** One question to the province about a silent sitting; null where nobody is asked. */
  askProvince: ((subject: StatementSubject, signal: AbortSignal) => Promise<SittingAnswer>) | null;
  /** Asks the province for anything: its answer brings the time. */
  askTime(): Promise<{ cause: string | null }>;
  random: () => number;
  log: HallLog;
  /** Where long delays are kept; absent: nowhere. */
  cache?: CacheOptions | undefined;
}
