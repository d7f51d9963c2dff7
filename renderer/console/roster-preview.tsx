import type { JSX, ReactNode } from 'react';
import type { RosterPersonView, RosterPreviewInput, RosterPreviewView } from '../../electron/contract/api-roster.ts';
import { hasText } from '../i18n/has-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { vi } from '../i18n/vi.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { formatCount } from '../ui/format.ts';

const words = vi.people;

interface Props {
  preview: RosterPreviewView;
  busy: boolean;
  said: string | null;
  /** Another answer gives another preview. */
  onAnswer: (change: RosterPreviewInput['answers']) => void;
  onConfirm: () => void;
  onBack: () => void;
}

/** What a file would do, before anything is written: columns, changes, rows left out, and what must be asked. */
export function RosterPreview(props: Props): JSX.Element {
  const { t, language } = useTexts();
  const { preview, busy } = props;
  const { diff } = preview;
  const count = (n: number): string => formatCount(n, language);
  return (
    <div className="people-preview">
      <div className="people-preview-head">
        <Button icon="back" disabled={busy} onClick={props.onBack}>
          {t('people.roster.back')}
        </Button>
        <p>
          <strong>{preview.file}</strong>
          <span>
            {t('people.roster.summary', { people: count(preview.people), units: count(preview.units.length) })}
          </span>
        </p>
        <Button tone="primary" size="large" disabled={busy || !preview.ready} onClick={props.onConfirm}>
          {t('people.roster.confirm')}
        </Button>
      </div>
      <p className="board-small">{t('people.roster.confirmHint')}</p>
      <p role="alert" className="people-said">
        {props.said}
      </p>
      {busy && <output>{t('people.roster.reading')}</output>}
      <Questions {...props} />
      <div className="people-preview-cards">
        <Card title={t('people.roster.changes')} icon="board">
          <ul className="people-counts">
            <li>{t('people.roster.added', { n: count(diff.added) })}</li>
            <li>{t('people.roster.changed', { n: count(diff.changed) })}</li>
            <li>{t('people.roster.unchanged', { n: count(diff.unchanged) })}</li>
            <li>{t('people.roster.removed', { n: count(diff.removed) })}</li>
            {diff.kept > 0 && <li>{t('people.roster.kept', { n: count(diff.kept) })}</li>}
          </ul>
          <Lines>
            {diff.changedSample.map((person, i) => (
              // oxlint-disable-next-line react/no-array-index-key -- namesakes; the list never changes while shown
              <li key={i}>
                {lineOf(person)}:{' '}
                {person.fields
                  .map((f) => (hasText(words.changedField, f) ? t(`people.changedField.${f}`) : f))
                  .join(', ')}
              </li>
            ))}
          </Lines>
          {diff.removedSample.length > 0 && (
            <>
              <p className="board-strong">{t('people.roster.removedNames')}</p>
              <Lines>
                {diff.removedSample.map((person, i) => (
                  // oxlint-disable-next-line react/no-array-index-key -- namesakes; the list never changes while shown
                  <li key={i}>{lineOf(person)}</li>
                ))}
              </Lines>
            </>
          )}
        </Card>
        <Columns {...props} />
        {preview.rejectedCount > 0 && (
          <Card title={t('people.roster.rejected', { n: count(preview.rejectedCount) })} icon="alert" tone="warn">
            <Lines>
              {preview.rejected.map(({ row, what, why, params }) => (
                <li key={row}>
                  {t('people.roster.row', { row })}: {what} (
                  {hasText(words.rejectedWhy, why) ? t(`people.rejectedWhy.${why}`, factsOf(params)) : why})
                </li>
              ))}
            </Lines>
          </Card>
        )}
        {preview.warningCount > 0 && (
          <Card title={t('people.roster.warnings', { n: count(preview.warningCount) })} icon="info">
            <Lines>
              {preview.warnings.map(({ code, row, params }, i) => (
                // oxlint-disable-next-line react/no-array-index-key -- one row may have two of a kind
                <li key={i}>
                  {row !== null && `${t('people.roster.row', { row })}: `}
                  {hasText(words.warning, code)
                    ? t(`people.warning.${code}`, factsOf(params))
                    : t('people.warning.other', { code })}
                </li>
              ))}
            </Lines>
          </Card>
        )}
        <Card title={t('people.roster.sample')} icon="desk">
          <Lines>
            {preview.sample.slice(0, 12).map((person) => (
              <li key={person.row}>
                {lineOf(person)}
                {person.numberTail !== null && ` · ${t('people.roster.numberTail', { tail: person.numberTail })}`}
              </li>
            ))}
          </Lines>
        </Card>
      </div>
    </div>
  );
}

/** The core gives the facts that belong to a code; the words name them. */
function factsOf(params: Readonly<Record<string, string | number>>) {
  return { tail: '', text: '', name: '', row: '', what: '', code: '', column: '', ...params };
}

function lineOf({ name, birthYear, unit, position }: RosterPersonView): string {
  return [name, birthYear, position, unit].filter(Boolean).join(' · ');
}

function Lines({ children }: { children: ReactNode }): JSX.Element {
  return <ul className="board-list people-lines">{children}</ul>;
}

/** What must be answered before the import, and what may be. */
function Questions({ preview, busy, onAnswer }: Props): JSX.Element {
  const { t, language } = useTexts();
  return (
    <>
      {preview.sheets.length > 1 && (
        <label className="people-field people-question">
          <span>{t('people.roster.sheet')}</span>
          <select
            className="board-input"
            disabled={busy}
            value={preview.sheet}
            onChange={(event) => onAnswer({ sheet: event.target.value })}
          >
            {preview.sheets
              .filter((sheet) => !sheet.isHidden)
              .map((sheet) => (
                <option key={sheet.name}>{sheet.name}</option>
              ))}
          </select>
        </label>
      )}
      {preview.questions.map((question) =>
        question.code === 'encoding' ? (
          <div key={question.code} className="people-question" role="alert">
            <strong>{t('people.roster.encoding')}</strong>
            {question.samples.map(({ encoding, lines }) => (
              <Button
                key={encoding}
                disabled={busy}
                tone={encoding === question.suggested ? 'primary' : 'plain'}
                onClick={() => onAnswer({ encoding: encodingOf(encoding) })}
              >
                {lines.slice(0, 2).join(' | ')}
              </Button>
            ))}
          </div>
        ) : (
          <div key={question.code} className="people-question" role="alert">
            <strong>{t('people.roster.hiddenRows', { rows: formatCount(question.rows, language) })}</strong>
            <Lines>
              {question.sample.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </Lines>
            <div className="people-usual">
              <Button disabled={busy} onClick={() => onAnswer({ hiddenRows: 'skip' })}>
                {t('people.roster.hiddenSkip')}
              </Button>
              <Button disabled={busy} onClick={() => onAnswer({ hiddenRows: 'include' })}>
                {t('people.roster.hiddenInclude')}
              </Button>
            </div>
          </div>
        ),
      )}
      {preview.offers.map((offer) => (
        <div key={offer.code} className="people-question">
          <strong>{t('people.roster.capitals', { names: formatCount(offer.names, language) })}</strong>
          <div className="people-usual">
            <Button disabled={busy} onClick={() => onAnswer({ titleCase: true })}>
              {t('people.roster.capitalsDo')}
            </Button>
            <Button disabled={busy} onClick={() => onAnswer({ titleCase: false })}>
              {t('people.roster.capitalsDone')}
            </Button>
          </div>
        </div>
      ))}
    </>
  );
}

type Encoding = NonNullable<RosterPreviewInput['answers']['encoding']>;

function encodingOf(code: string): Encoding {
  const known: readonly Encoding[] = ['unicode', 'tcvn3', 'vni', 'cp1258'];
  return known.find((encoding) => encoding === code) ?? 'unicode';
}

/** What each column was taken for; a wrong one is corrected here. */
function Columns({ preview, busy, onAnswer }: Props): JSX.Element {
  const { t } = useTexts();
  return (
    <Card title={t('people.roster.columns')} icon="search">
      <ul className="people-columns">
        {preview.columns.map((column) => (
          <li key={column.index}>
            <label>
              <span>
                {column.letter} · {column.header}
              </span>
              <select
                className="board-input"
                disabled={busy}
                value={column.field ?? ''}
                onChange={(event) =>
                  onAnswer({ columns: columnsWith(preview, column.index, event.target.value || null) })
                }
              >
                <option value="">{t('people.roster.unused')}</option>
                {preview.fields
                  .filter((field) => hasText(words.field, field))
                  .map((field) => (
                    <option key={field} value={field}>
                      {t(`people.field.${field}`)}
                    </option>
                  ))}
              </select>
            </label>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function columnsWith(preview: RosterPreviewView, index: number, field: string | null): Record<string, string | null> {
  const others = preview.columns.map((column) => {
    // A field can be one column's only.
    const taken = field !== null && column.field === field;
    return [String(column.index), taken ? null : column.field] as const;
  });
  return { ...Object.fromEntries(others), [String(index)]: field };
}
