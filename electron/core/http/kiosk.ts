import type { AskProvinceAnswer, ProvinceCheck } from '../../contract/api-report.ts';
import type { SessionReport } from '../../contract/report.ts';
import type { StreamSource } from '../../contract/session-package.ts';
import type { WindowRole } from '../../contract/shell.ts';
import type { SittingRecord } from '../../contract/sitting.ts';
import type { ConsoleAccess } from '../access/console-access.ts';
import type { Pins } from '../access/pins.ts';
import type { Register } from '../attendance/register.ts';
import type { PlaybackEvidence } from '../broadcast/evidence.ts';
import type { WatchState } from '../broadcast/watch-state.ts';
import type { Courier } from '../delivery/courier.ts';
import type { Amendments } from '../report/amendments.ts';
import type { Exports } from '../report/exports.ts';
import type { RosterImports } from '../provisioning/roster-import.ts';
import type { Conductor } from '../sitting/conductor.ts';
import type { SessionRecord } from '../store/session-store.ts';
import type { Store } from '../store/store.ts';
import type { PrintOutcome, PrintPages } from './print.ts';

/** What the shell can do for the core. */
export interface ShellPort {
  show(role: WindowRole): void;
  quit(): void;
  /** Prints a page of the core (`/print/…`) to PDF. Never rejects. */
  print(path: string): Promise<PrintOutcome>;
}

/** What can be asked of the province besides taking reports. */
export interface ProvincePort {
  /** Whether it sent this report back; a return found is stored. */
  askReturn(reportId: string): Promise<AskProvinceAnswer>;
  /** How far a request gets. */
  check(): Promise<ProvinceCheck>;
}

/** Everything the API stands on, put together by the composition root. */
export interface Kiosk {
  store: Store;
  session: SessionRecord;
  conductor: Conductor;
  /** The register of the sitting the hall is in, or of another one of the session. */
  register(sittingId?: string): Register;
  /** People were added or replaced from outside the register of the current sitting. */
  reloadRegister(): void;
  watch(): WatchState;
  /** The stage plays this source now; null when it plays none. */
  noteStageSource(sourceId: string | null): void;
  /** A fresh address for a source of the current sitting whose token has run out; null when there is none to be had. */
  renewAddress(sourceId: string): Promise<string | null>;
  /** The address of a source now: the package's own, or a fresh one. */
  addressOf(source: StreamSource): string;
  evidence: PlaybackEvidence;
  /** Fetches a piece of the broadcast for the stage; `cut` breaks the window's connection when the server's breaks off. */
  relayStream(request: Request, cut: () => void): Promise<Response>;
  courier: Courier;
  province: ProvincePort;
  amendments: Amendments;
  exports: Exports;
  printPages: PrintPages;
  /** The report of a sitting as it would be sealed now. */
  draftReport(sitting: SittingRecord): SessionReport;
  /** Rosters from files. */
  rosterImports: RosterImports;
  pins: Pins;
  access: ConsoleAccess;
  shell: ShellPort;
  displays(): number;
  /** Shown on the lock screen of a rehearsal. */
  practicePin: string | null;
  /** Alarms that concern the PC itself; stable codes. */
  alarms: string[];
}
