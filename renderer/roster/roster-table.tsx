import type { JSX } from 'react';
import { useEffect, useState } from 'react';
import type {
  RosterAnswers,
  RosterPreviewView,
  RosterRowsAnswer,
  RosterRowsInput,
  RosterRowView,
} from '../../electron/contract/api-roster.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { useRosterTexts } from './roster-texts.ts';

/** Asks the core of this window for one page of the rows of the preview. */
export type LoadRows = (input: RosterRowsInput) => Promise<Extract<RosterRowsAnswer, { ok: true }> | { ok: false }>;

interface Props {
  preview: RosterPreviewView;
  loadRows: LoadRows;
  busy: boolean;
  onAnswer: (change: RosterAnswers) => void;
}

type Show = 'all' | 'unknown' | 'person' | 'other';
const SHOWS: readonly Show[] = ['all', 'unknown', 'person', 'other'];
const KINDS = ['person', 'heading', 'section', 'total', 'note'] as const;
type SheetView = RosterPreviewView['sheets'][number];
type Column = SheetView['columns'][number];

/** The sheet as it is, with what every row was taken for; a row or a column is changed by pressing it. */
export function RosterTable({ preview, loadRows, busy, onAnswer }: Props): JSX.Element | null {
  const { t, count, kind, field } = useRosterTexts();
  const [name, setName] = useState(preview.sheets[0]?.name ?? '');
  const [show, setShow] = useState<Show>('all');
  const [from, setFrom] = useState(0);
  const [page, setPage] = useState<Extract<RosterRowsAnswer, { ok: true }> | null>(null);
  const [row, setRow] = useState<RosterRowView | null>(null);
  const [column, setColumn] = useState<Column | null>(null);
  const sheet = preview.sheets.find((one) => one.name === name) ?? preview.sheets[0];
  const sheetName = sheet?.name ?? '';
  const { previewId } = preview;

  useEffect(() => {
    let wanted = true;
    void loadRows({ previewId, sheet: sheetName, only: show, from }).then((answer) => {
      if (wanted && answer.ok) setPage(answer);
    });
    return () => {
      wanted = false;
    };
  }, [loadRows, previewId, sheetName, show, from]);

  if (!sheet) return null;
  const goTo = (next: Show): void => {
    setShow(next);
    setFrom(0);
  };
  const counts: Record<Show, number> = {
    all: Object.values(preview.counts).reduce((sum, n) => sum + n, 0),
    unknown: preview.counts.unknown,
    person: preview.counts.person,
    other: Object.entries(preview.counts).reduce(
      (sum, [code, n]) => (code === 'person' || code === 'unknown' ? sum : sum + n),
      0,
    ),
  };
  return (
    <Card title={t('people.roster.table')} icon="search" tone={preview.counts.unknown > 0 ? 'warn' : 'quiet'}>
      <p className="board-small">{t('people.roster.tableHint')}</p>
      <div className="people-usual">
        {SHOWS.map((code) => (
          <Button key={code} aria-pressed={show === code} onClick={() => goTo(code)}>
            {t('people.roster.showCount', { what: t(`people.roster.show.${code}`), n: count(counts[code]) })}
          </Button>
        ))}
        {preview.sheets.length > 1 && (
          <select
            className="board-input"
            aria-label={t('people.roster.sheets')}
            value={sheet.name}
            onChange={(event) => {
              setName(event.target.value);
              setFrom(0);
            }}
          >
            {preview.sheets.map((one) => (
              <option key={one.name}>{one.name}</option>
            ))}
          </select>
        )}
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a part that scrolls must be reachable by keyboard */}
      <section className="roster-table" tabIndex={0} aria-label={t('people.roster.tableRows', { name: sheet.name })}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('people.roster.row', { row: '' })}</th>
              {sheet.columns.map((one) => (
                <th key={one.index} scope="col">
                  <button type="button" className="roster-column" disabled={busy} onClick={() => setColumn(one)}>
                    {one.letter}
                    <span>{one.field === null ? t('people.roster.unused') : field(one.field)}</span>
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {page?.rows.map((one) => (
              <Row key={one.row} row={one} columns={sheet.columns} busy={busy} onOpen={() => setRow(one)} />
            ))}
          </tbody>
        </table>
      </section>
      {page && page.total > page.rows.length && (
        <div className="people-pages">
          <Button disabled={from === 0} onClick={() => setFrom(Math.max(0, from - 100))}>
            {t('people.roster.before')}
          </Button>
          <span>
            {t('people.roster.page', {
              from: count(from + 1),
              to: count(from + page.rows.length),
              total: count(page.total),
            })}
          </span>
          <Button disabled={from + page.rows.length >= page.total} onClick={() => setFrom(from + 100)}>
            {t('people.roster.more')}
          </Button>
        </div>
      )}
      {row && (
        <Sheet
          title={t('people.roster.asKind', { row: row.row })}
          onClose={() => setRow(null)}
          actions={<Button onClick={() => setRow(null)}>{t('people.roster.close')}</Button>}
        >
          <p>{row.cells.filter(Boolean).join(' · ')}</p>
          <div className="people-usual">
            {KINDS.map((code) => (
              <Button
                key={code}
                aria-pressed={row.kind === code}
                onClick={() => {
                  setRow(null);
                  onAnswer({ bySheet: { [sheet.name]: { rows: { [String(row.row)]: code } } } });
                }}
              >
                {kind(code)}
              </Button>
            ))}
          </div>
        </Sheet>
      )}
      {column && (
        <Sheet
          title={t('people.roster.asField', { column: column.letter })}
          onClose={() => setColumn(null)}
          actions={<Button onClick={() => setColumn(null)}>{t('people.roster.close')}</Button>}
        >
          <p>{column.header}</p>
          <div className="people-usual">
            {[...preview.fields, null].map((code) => (
              <Button
                key={code ?? ''}
                aria-pressed={column.field === code}
                onClick={() => {
                  setColumn(null);
                  onAnswer({ bySheet: { [sheet.name]: { columns: { [String(column.index)]: code } } } });
                }}
              >
                {code === null ? t('people.roster.unused') : field(code)}
              </Button>
            ))}
          </div>
        </Sheet>
      )}
    </Card>
  );
}

function Row(props: {
  row: RosterRowView;
  columns: readonly Column[];
  busy: boolean;
  onOpen: () => void;
}): JSX.Element {
  const { t, kind, why, line } = useRosterTexts();
  const { row, columns, busy } = props;
  const read = row.people.map(line).join(' + ');
  return (
    <tr className={`roster-row-${row.kind}`}>
      <th scope="row">
        <button type="button" className="roster-kind" disabled={busy} onClick={props.onOpen}>
          {row.row} · {kind(row.kind)}
          <span>{row.kind === 'person' && read !== '' ? t('people.roster.readAs', { name: read }) : why(row.why)}</span>
        </button>
      </th>
      {columns.map(({ index }) => (
        <td key={index}>{row.cells[index] ?? ''}</td>
      ))}
    </tr>
  );
}
