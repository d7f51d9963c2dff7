import type { JSX } from 'react';
import { useState } from 'react';
import './roster.css';
import type { RosterAnswers, RosterPersonView, RosterPreviewView } from '../../electron/contract/api-roster.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { Names } from './roster-names.tsx';
import { RosterQuestions } from './roster-questions.tsx';
import { RosterTable, type LoadRows } from './roster-table.tsx';
import { useRosterTexts } from './roster-texts.ts';

interface Props {
  preview: RosterPreviewView;
  loadRows: LoadRows;
  /** Where the list is not written at once: what the main button says, and what it does. */
  words?: { confirm: string; hint: string };
  busy: boolean;
  said: string | null;
  /** Another answer gives another preview. */
  onAnswer: (change: RosterAnswers) => void;
  /** `removals`: how many people were named as taken off. */
  onConfirm: (removals: number) => void;
  onBack: () => void;
}

/** What files would do, before anything is written: questions, the change of the list, and every row of the sheet. */
export function RosterPreview(props: Props): JSX.Element {
  const { t, count, line } = useRosterTexts();
  const { preview, busy } = props;
  const { plan } = preview;
  const [isAsking, setAsking] = useState(false);
  const isReplacing = plan.mode === 'replace' && plan.missing > 0;
  const hint = preview.ready
    ? (props.words?.hint ?? t('people.roster.confirmHint'))
    : preview.people === 0 && preview.questions.length === 0
      ? t('people.roster.confirmNobody')
      : t('people.roster.confirmOpen');
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
        <Button
          tone="primary"
          size="large"
          disabled={busy || !preview.ready}
          onClick={() => (isReplacing ? setAsking(true) : props.onConfirm(0))}
        >
          {props.words?.confirm ?? t('people.roster.confirm')}
        </Button>
      </div>
      <p className="board-small">{hint}</p>
      <p role="alert" className="people-said">
        {props.said}
      </p>
      {busy && <output>{t('people.roster.reading')}</output>}
      <RosterQuestions {...props} />
      <div className="people-preview-cards">
        {plan.listed + plan.changed > 0 || props.words === undefined ? <Plan {...props} /> : null}
        {preview.warnings.length > 0 && <Warnings preview={preview} />}
      </div>
      <RosterTable key={preview.sheets.map(({ name }) => name).join('|')} {...props} />
      {isAsking && (
        <Sheet
          title={t('people.roster.removeTitle', { count: plan.missing, n: count(plan.missing) })}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>{t('people.roster.removeNot')}</Button>
              <Button
                tone="danger"
                onClick={() => {
                  setAsking(false);
                  props.onConfirm(plan.missing);
                }}
              >
                {t('people.roster.removeDo', { n: count(plan.missing) })}
              </Button>
            </>
          }
        >
          <p>{t('people.roster.removeHint')}</p>
          <Names
            label={t('people.roster.missingNames')}
            lines={plan.missingSample.map(line)}
            more={plan.missing - plan.missingSample.length}
          />
        </Sheet>
      )}
    </div>
  );
}

/** Add or replace, and what that does to the list. */
function Plan({ preview, busy, onAnswer }: Props): JSX.Element {
  const { t, count, line, changed } = useRosterTexts();
  const { plan } = preview;
  const isAdding = plan.mode === 'add';
  const lines = (people: readonly RosterPersonView[]): string[] => people.map(line);
  return (
    <Card title={t('people.roster.plan')} icon="board">
      {plan.listed > 0 && (
        <fieldset className="roster-mode">
          <legend>{t('people.roster.mode', { count: plan.listed, n: count(plan.listed) })}</legend>
          <div className="people-usual">
            <Button aria-pressed={isAdding} disabled={busy} onClick={() => onAnswer({ mode: 'add' })}>
              {t('people.roster.modeAdd')}
            </Button>
            <Button aria-pressed={!isAdding} disabled={busy} onClick={() => onAnswer({ mode: 'replace' })}>
              {t('people.roster.modeReplace')}
            </Button>
          </div>
        </fieldset>
      )}
      <ul className="people-counts">
        <li>{t('people.roster.added', { n: count(plan.added) })}</li>
        <li>{t('people.roster.changed', { n: count(plan.changed) })}</li>
        <li>{t('people.roster.same', { n: count(plan.same) })}</li>
        {plan.missing > 0 && (
          <li>{t(isAdding ? 'people.roster.missingStay' : 'people.roster.missingGo', { n: count(plan.missing) })}</li>
        )}
        {plan.kept > 0 && !isAdding && <li>{t('people.roster.kept', { n: count(plan.kept) })}</li>}
      </ul>
      {plan.changedSample.length > 0 && (
        <>
          <p className="board-strong">{t('people.roster.changedNames')}</p>
          <Names
            label={t('people.roster.changedNames')}
            lines={plan.changedSample.map(
              (person) =>
                `${person.before === person.name ? '' : `${person.before} → `}${line(person)}: ${person.fields.map(changed).join(', ')}`,
            )}
            more={plan.changed - plan.changedSample.length}
          />
        </>
      )}
      {!isAdding && plan.missingSample.length > 0 && (
        <>
          <p className="board-strong">{t('people.roster.missingNames')}</p>
          <Names
            label={t('people.roster.missingNames')}
            lines={lines(plan.missingSample)}
            more={plan.missing - plan.missingSample.length}
          />
        </>
      )}
      {!isAdding && plan.keptSample.length > 0 && (
        <>
          <p className="board-strong">{t('people.roster.keptNames')}</p>
          <Names
            label={t('people.roster.keptNames')}
            lines={lines(plan.keptSample)}
            more={plan.kept - plan.keptSample.length}
          />
        </>
      )}
    </Card>
  );
}

function Warnings({ preview }: { preview: RosterPreviewView }): JSX.Element {
  const { t, count, warning } = useRosterTexts();
  const total = preview.warnings.reduce((sum, { count: n }) => sum + n, 0);
  return (
    <Card title={t('people.roster.warnings', { count: total, n: count(total) })} icon="info">
      <ul className="board-list">
        {preview.warnings.map(({ code, rows, count: n, params }) => (
          <li key={code}>
            {n > 1 && <strong>{count(n)} × </strong>}
            {warning(code, params)}
            {rows.length > 0 &&
              ` (${t('people.roster.rowList', { rows: rows.slice(0, 12).join(', ') + (n > 12 ? '…' : '') })})`}
          </li>
        ))}
      </ul>
    </Card>
  );
}
