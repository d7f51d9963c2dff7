import type { AskProvinceAnswer } from '../contract/api-report.ts';
import { compareNames } from '../shared/names.ts';
import type { SittingRecord } from '../contract/sitting.ts';
import { renderBadgeSheetHtml } from './attendance/badge-sheet.ts';
import { checkProvince, reachOfTry } from './delivery/check-province.ts';
import type { ReturnCheck } from './delivery/province-client.ts';
import type { Transport } from './delivery/transport.ts';
import { PrintPages, type PrintPort } from './http/print.ts';
import type { Kiosk, ProvincePort } from './http/kiosk.ts';
import { Amendments } from './report/amendments.ts';
import { createDocumentMakers } from './report/document-makers.ts';
import { Exports } from './report/exports.ts';
import type { PlaceRoots } from './report/places.ts';
import type { Amendment } from './report/reopenings.ts';
import { SealQueue, sealTimer } from './report/seal-queue.ts';
import { draftReport, sealSitting, type Sealed, type SealerOptions } from './report/sealer.ts';
import type { SessionRecord } from './store/session-store.ts';
import type { Store } from './store/store.ts';

/** Longest wait of somebody who asked from the console, milliseconds; the courier itself waits longer. */
const ASK_MS = 20_000;

/** What saving documents needs of the PC. */
export interface DocumentOptions {
  /** Folder of the document font's files. */
  fontsDir: string;
  places: PlaceRoots;
}

export interface ReportRoomsOptions {
  store: Store;
  session: SessionRecord;
  sealer: SealerOptions;
  transport: Transport;
  /** One look for a return. */
  checkReturn(reportId: string, signal: AbortSignal): Promise<ReturnCheck>;
  /** A revision was sealed and stands in the outbox. */
  onSealed(sealed: Sealed): void;
  onSealFailed(cause: unknown): void;
  documents: DocumentOptions;
  print: PrintPort;
  /** Progress of saving changed. */
  onProgress(): void;
  /** The state of a sitting or of its delivery changed. */
  onStep(): void;
}

export interface ReportRooms extends Pick<Kiosk, 'amendments' | 'exports' | 'province' | 'printPages' | 'draftReport'> {
  /** Seals an ended sitting when all sealing before it is done; nothing when it is no longer to be sealed. */
  sealSoon(sittingId: string): void;
  /** Resolves when nothing is being sealed. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** Puts together what concerns reports after the end: sealing in turn, amendments, documents, and asking the province. */
export function composeReports(options: ReportRoomsOptions): ReportRooms {
  const { store } = options;
  const queue = new SealQueue({
    seal: async (sittingId) => void (await seal(sittingId, 'ended')),
    onFailed: (_, cause) => options.onSealFailed(cause),
    after: sealTimer,
  });

  /** Null when the sitting has left the state by its turn. */
  async function seal(id: string, from: SittingRecord['state'], amendment?: Amendment): Promise<Sealed | null> {
    const sitting = store.sittings.getSitting(id);
    if (sitting?.state !== from) return null;
    const sealed = await sealSitting(options.sealer, sitting, amendment);
    options.onSealed(sealed);
    return sealed;
  }

  const printPages = new PrintPages();
  const draft = (sitting: SittingRecord) => draftReport(options.sealer, sitting);
  return {
    printPages,
    province: createProvincePort(options),
    exports: createExports(options, printPages),
    draftReport: draft,
    amendments: new Amendments({
      store,
      draft,
      seal: (sitting, amendment) => queue.inTurn(() => seal(sitting.id, 'amended', amendment)),
      onStep: () => options.onStep(),
    }),
    sealSoon: (sittingId) => queue.add(sittingId),
    settled: () => queue.settled(),
    stop: async () => {
      printPages.stop();
      await queue.stop();
    },
  };
}

function createExports(options: ReportRoomsOptions, pages: PrintPages): Exports {
  const { store, session, documents } = options;
  return new Exports({
    store,
    makers: createDocumentMakers({
      store,
      session,
      fontsDir: documents.fontsDir,
      badgesHtml: (fonts) => badgesOf(store, session, fonts),
    }),
    places: documents.places,
    venueId: session.document.venue.id,
    rehearsal: session.provenance === 'rehearsal',
    print: async (html) => {
      const path = pages.publish(html);
      try {
        return await options.print(path);
      } finally {
        pages.withdraw(path);
      }
    },
    onProgress: () => options.onProgress(),
  });
}

/** Everybody summoned in the order of the roll; somebody without a badge token is given one now. */
function badgesOf(store: Store, session: SessionRecord, fonts: string): string {
  const { venue, conference } = session.document;
  const tokens = store.people.issueBadges(session.packageId);
  const people = store.people
    .listPeople(session.packageId)
    .flatMap((person) => {
      const badge = tokens.get(person.id);
      return badge === undefined ? [] : [{ ...person, badge }];
    })
    .toSorted((a, b) => compareNames(a.name, b.name));
  return renderBadgeSheetHtml(people, { id: venue.id, name: venue.name, conference: conference.title }, fonts);
}

function createProvincePort(options: ReportRoomsOptions): ProvincePort {
  const { store, session, transport } = options;
  const { endpoint, proxy } = session.document.delivery;
  return {
    check: () =>
      checkProvince({ transport, endpoint, viaProxy: proxy !== undefined, signal: AbortSignal.timeout(ASK_MS) }),
    async askReturn(reportId): Promise<AskProvinceAnswer> {
      const revision = store.reports.getLastRevision(reportId);
      const status = store.outbox.getStatus({ reportId, revision });
      if (status?.state === 'returned') return { ok: true, returned: { revision, reason: status.returnReason ?? '' } };
      if (status?.state !== 'delivered') return { ok: false, error: 'not_delivered' };
      const answer = await options.checkReturn(reportId, AbortSignal.timeout(ASK_MS));
      if (!answer.ok) {
        if ('stopped' in answer) return { ok: false, error: 'timeout' };
        return { ok: false, error: reachOfTry(answer.failure, answer.httpStatus) };
      }
      const notice = answer.returned?.notice;
      if (!answer.returned || notice?.revision !== revision) return { ok: true, returned: null };
      const { noticeJws } = answer.returned;
      store.outbox.recordReturn({ reportId, revision, at: Date.parse(notice.at), reason: notice.reason, noticeJws });
      options.onStep();
      return { ok: true, returned: { revision, reason: notice.reason } };
    },
  };
}
