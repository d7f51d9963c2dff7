import { compareNames } from '../../shared/names.ts';
import { renderBadgeSheetHtml } from '../attendance/badge-sheet.ts';
import { fontsFor, type DocumentFonts } from '../report/documents/fonts.ts';
import { formatDate } from '../report/documents/format-vi.ts';
import { createDocumentMakers } from '../report/document-makers.ts';
import { Exports, type ExportsOptions } from '../report/exports.ts';
import type { PlaceRoots } from '../report/places.ts';
import type { Printers } from '../report/printing/printers.ts';
import type { SessionRecord } from '../store/session-store.ts';
import type { Store } from '../store/store.ts';

/** What saving and printing documents needs of the PC. */
export interface DocumentOptions {
  /** Folder of the document font's files. */
  fontsDir: string;
  places: PlaceRoots;
  printers: Printers;
}

/** Saves documents of a session. */
export function createExports(options: {
  store: Store;
  session: SessionRecord;
  documents: DocumentOptions;
  draft: ExportsOptions['draft'];
  timeline: ExportsOptions['timeline'];
  print: ExportsOptions['print'];
  onProgress(): void;
}): Exports {
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
    draft: (sitting) => options.draft(sitting),
    timeline: (sitting) => options.timeline(sitting),
    venueId: session.document.venue.id,
    rehearsal: session.provenance === 'rehearsal',
    print: (html) => options.print(html),
    onProgress: () => options.onProgress(),
  });
}

/** Everybody summoned in the order of the roll; somebody without a badge token is given one now. */
function badgesOf(store: Store, session: SessionRecord, fonts: DocumentFonts): string {
  const { venue, conference } = session.document;
  const tokens = store.people.issueBadges(session.packageId);
  const people = store.people
    .listPeople(session.packageId)
    .flatMap((person) => {
      const badge = tokens.get(person.id);
      return badge === undefined ? [] : [{ ...person, badge }];
    })
    .toSorted((a, b) => compareNames(a.name, b.name));
  const sittings = store.sittings
    .listSittings(session.packageId)
    .map(({ title, startsAt }) => `${title}, ${formatDate(startsAt)}`);
  return renderBadgeSheetHtml(
    people,
    { id: venue.id, name: venue.name, conference: conference.title, sittings },
    fontsFor(
      fonts,
      people.map(({ name, position, unitName }) => `${name} ${position ?? ''} ${unitName ?? ''}`).join(' '),
    ),
  );
}
