import type { ShellFacts, Tokens } from '../contract/shell.ts';
import type { DeviceKeys } from './access/device-keys.ts';
import type { CoreLog } from './core-log.ts';
import type { DocumentOptions } from './hall/documents.ts';
import type { HallOptions } from './hall/hall-options.ts';
import type { ShellPort } from './hall/pc.ts';
import type { TrialNote } from './lobby/trials.ts';
import type { Machine } from './health/machine.ts';
import type { PrintPort } from './http/print.ts';
import type { SessionRecord } from './store/session-store.ts';
import type { Store } from './store/store.ts';

/** What the core around one session is made of. */
export interface CoreOptions {
  store: Store;
  keys: DeviceKeys;
  /** An imported session. */
  session: SessionRecord;
  tokens: Tokens;
  port: number;
  rendererDir: string;
  shell: ShellPort & { print: PrintPort; facts?: () => Promise<ShellFacts | null> };
  /** Folder of the database. */
  dataDir: string;
  /** What the checks look at; this PC when absent. */
  machine?: Machine;
  log: CoreLog;
  documents: DocumentOptions;
  app: string;
  practicePin?: string;
  /** Where a damaged database was put, when one was found at opening. */
  quarantinedTo?: string | null;
  /** Codes for the console of what went wrong before the start. */
  alarms?: readonly string[];
  random?: () => number;
  /** Folder of the throw-away records of a trial. Absent: none can be begun. */
  trialDir?: string;
  /** This is a trial: when it ends by itself, and where a person who ends it goes. */
  trial?: TrialNote | null;
  /** Where long delays are kept; absent: nowhere. */
  cache?: HallOptions['cache'];
}
