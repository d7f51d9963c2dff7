import type { JSX, ReactNode } from 'react';
import type { RosterAnswers, RosterPreviewView, RosterQuestionView } from '../../electron/contract/api-roster.ts';
import { Button } from '../ui/button.tsx';
import { useRosterTexts } from './roster-texts.ts';

interface Props {
  preview: RosterPreviewView;
  busy: boolean;
  /** Another answer gives another preview. */
  onAnswer: (change: RosterAnswers) => void;
}

/** What must be answered before the list is written, and what may be. */
export function RosterQuestions(props: Props): JSX.Element {
  const { t, count } = useRosterTexts();
  const { preview, busy, onAnswer } = props;
  return (
    <>
      {preview.questions.map((question) => (
        <Question key={question.code} {...props} question={question} />
      ))}
      <Matches {...props} />
      {preview.offers.map((offer) => (
        <Ask
          key={offer.code}
          title={t('people.question.capitals', { count: offer.names, names: count(offer.names) })}
          lines={offer.sample.slice(0, 3)}
        >
          <Button disabled={busy} onClick={() => onAnswer({ titleCase: true })}>
            {t('people.question.capitalsDo')}
          </Button>
          <Button disabled={busy} onClick={() => onAnswer({ titleCase: false })}>
            {t('people.question.capitalsDone')}
          </Button>
        </Ask>
      ))}
    </>
  );
}

function Ask(props: { title: string; lines?: readonly string[]; children?: ReactNode }): JSX.Element {
  return (
    <div className="people-question" role="alert">
      <strong>{props.title}</strong>
      {props.lines && props.lines.length > 0 && (
        <ul className="board-list">
          {props.lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {props.children && <div className="people-usual">{props.children}</div>}
    </div>
  );
}

/** The question in words, and the answers as buttons. */
function Question({ question, busy, onAnswer }: Props & { question: RosterQuestionView }): JSX.Element {
  const { t, count, field } = useRosterTexts();
  const choice = (text: string, answer: RosterAnswers, isUsual = false): JSX.Element => (
    <Button key={text} disabled={busy} tone={isUsual ? 'primary' : 'plain'} onClick={() => onAnswer(answer)}>
      {text}
    </Button>
  );
  switch (question.code) {
    case 'hidden_rows':
      return (
        <Ask
          title={t('people.question.hidden_rows', { count: question.rows, rows: count(question.rows) })}
          lines={question.sample}
        >
          {choice(t('people.question.include'), { hiddenRows: 'include' })}
          {choice(t('people.question.skip'), { hiddenRows: 'skip' })}
        </Ask>
      );
    case 'struck':
      return (
        <Ask
          title={t('people.question.struck', { count: question.rows, rows: count(question.rows) })}
          lines={question.sample}
        >
          {choice(t('people.question.dropStruck'), { struck: 'skip' })}
          {choice(t('people.question.keepStruck'), { struck: 'include' })}
        </Ask>
      );
    case 'two_in_cell':
      return (
        <Ask title={t('people.question.two_in_cell', { rows: count(question.rows) })} lines={question.sample}>
          {choice(t('people.question.split'), { twoInCell: 'split' })}
          {choice(t('people.question.one'), { twoInCell: 'one' })}
          {choice(t('people.question.skip'), { twoInCell: 'skip' })}
        </Ask>
      );
    case 'unsure_rows':
      return (
        <Ask
          title={t('people.question.unsure_rows', { count: question.rows, rows: count(question.rows) })}
          lines={question.sample}
        >
          {choice(t('people.question.include'), { unsureRows: 'include' })}
          {choice(t('people.question.skip'), { unsureRows: 'skip' })}
        </Ask>
      );
    case 'similar_units':
      return (
        <Ask title={t('people.question.similar_units')} lines={question.pairs.map((pair) => pair.join(' ≠ '))}>
          {choice(t('people.question.apart'), { similarUnits: 'apart' })}
          {choice(t('people.question.same'), { similarUnits: 'same' })}
        </Ask>
      );
    case 'guessed_columns': {
      const lines = question.columns.map((column) => {
        const [letter = '', code = ''] = column.split(':');
        return `${letter}: ${field(code)}`;
      });
      return (
        <Ask title={t('people.question.guessed_columns')} lines={lines}>
          {choice(t('people.question.right'), { guessedColumns: 'right' }, true)}
        </Ask>
      );
    }
    case 'no_table':
      return <Ask title={t('people.question.no_table')} />;
    case 'sheets':
      return (
        <Ask
          title={t('people.question.sheets')}
          lines={question.sheets.map(({ name, people }) =>
            t('people.roster.sheetPeople', { name, count: people, people: count(people) }),
          )}
        >
          {choice(t('people.roster.sheetAll', { n: count(question.sheets.length) }), {
            sheets: question.sheets.map(({ name }) => name),
          })}
          {question.sheets
            .slice(0, 8)
            .map(({ name }) => choice(t('people.roster.sheetOne', { name }), { sheets: [name] }))}
        </Ask>
      );
    case 'encoding':
      return (
        <Ask title={t('people.question.encoding')}>
          {question.samples.map(({ encoding, lines }) =>
            choice(lines.slice(0, 2).join(' | '), { encoding: encodingOf(encoding) }, encoding === question.suggested),
          )}
        </Ask>
      );
  }
}

type Encoding = NonNullable<RosterAnswers['encoding']>;

function encodingOf(code: string): Encoding {
  const known: readonly Encoding[] = ['unicode', 'tcvn3', 'vni', 'cp1258'];
  return known.find((encoding) => encoding === code) ?? 'unicode';
}

const SHOWN = 8;

/** Who somebody of the file is, where the list has several who fit. */
function Matches({ preview, busy, onAnswer }: Props): JSX.Element | null {
  const { t, line, count } = useRosterTexts();
  const { questions, questionCount } = preview.plan;
  if (questionCount === 0) return null;
  const single = questions.filter(({ candidates }) => candidates.length === 1);
  return (
    <div className="people-question" role="alert">
      {questionCount > 1 && (
        <div className="people-usual">
          {single.length === questions.length && questions.length === questionCount && (
            <Button
              disabled={busy}
              onClick={() =>
                onAnswer({
                  matches: Object.fromEntries(single.map(({ key, candidates }) => [key, candidates[0]?.id ?? null])),
                })
              }
            >
              {t('people.question.allFirst', { n: count(questionCount) })}
            </Button>
          )}
          {questions.length === questionCount && (
            <Button
              disabled={busy}
              onClick={() => onAnswer({ matches: Object.fromEntries(questions.map(({ key }) => [key, null])) })}
            >
              {t('people.question.allNew', { n: count(questionCount) })}
            </Button>
          )}
        </div>
      )}
      {questions.slice(0, SHOWN).map(({ key, person, candidates }) => (
        <div key={key} className="roster-match">
          <strong>{t('people.question.match', { name: line(person) })}</strong>
          <div className="people-usual">
            {candidates.slice(0, 4).map((candidate) => (
              <Button key={candidate.id} disabled={busy} onClick={() => onAnswer({ matches: { [key]: candidate.id } })}>
                {line(candidate)}
                {candidate.signedIn && ` (${t('people.question.signedIn')})`}
              </Button>
            ))}
            <Button disabled={busy} onClick={() => onAnswer({ matches: { [key]: null } })}>
              {t('people.question.newPerson')}
            </Button>
          </div>
        </div>
      ))}
      {questionCount > SHOWN && <p>{t('people.question.moreMatches', { n: count(questionCount - SHOWN) })}</p>}
    </div>
  );
}
