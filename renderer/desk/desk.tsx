import type { JSX } from 'react';
import { useCallback, useReducer, useRef } from 'react';
import './desk.css';
import type { DeskMethod, DeskView } from '../../electron/contract/api.ts';
import type { PersonCard } from '../../electron/contract/api-person.ts';
import { callPatiently } from '../client/call.ts';
import { callInHall } from '../client/call-in-hall.ts';
import { useView } from '../client/use-view.ts';
import type { ViewStream } from '../client/view-stream.ts';
import { useLanguageOfPc } from '../i18n/use-language-of-pc.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { classes } from '../ui/classes.ts';
import { DisplayNumber } from '../ui/display-number.tsx';
import { PlainMessage } from '../ui/plain-message.tsx';
import { Reconnecting } from '../ui/reconnecting.tsx';
import { playNotes } from '../ui/tones.ts';
import { useShowKeys } from '../ui/use-show-keys.ts';
import { RehearsalChip, Watermark } from '../ui/watermark.tsx';
import { BrowseScreen } from './browse-screen.tsx';
import { DeskFooter } from './desk-footer.tsx';
import { DeskHeader } from './desk-header.tsx';
import type { Outcome, Step } from './flow.ts';
import { nextStep, outcomeName, outcomeOf, START } from './flow.ts';
import { HelpBand } from './help-band.tsx';
import { HelpScreen } from './help-screen.tsx';
import { OutcomeScreen } from './outcome-screen.tsx';
import { PrivacySheet } from './privacy-sheet.tsx';
import { SearchScreen } from './search-screen.tsx';
import { OUTCOME_SOUNDS } from './sounds.ts';
import { TakenBackScreen } from './taken-back-screen.tsx';
import { useCardScans } from './use-card-scans.ts';
import { useLargeLetters } from './use-large-letters.ts';
import { useReadAloud } from './use-read-aloud.ts';
import { useReset } from './use-reset.ts';
import { useRing } from './use-ring.ts';

/** The sign-in desk: one person at a time, by name; works with touch alone and with a keyboard alone. */
export function Desk({ stream }: { stream: ViewStream<'desk'> }): JSX.Element {
  const { view, lost } = useView(stream);
  useLanguageOfPc(view?.language);
  if (!view) return <PlainMessage text={lost ? 'reconnecting' : 'starting'} />;
  return <OpenDesk view={view} lost={lost} stream={stream} />;
}

function OpenDesk({ view, lost, stream }: { view: DeskView; lost: boolean; stream: ViewStream<'desk'> }): JSX.Element {
  const { t } = useTexts();
  const [step, dispatch] = useReducer(nextStep, START);
  const busy = useRef(false);

  const show = useCallback((outcome: Outcome, by: 'tap' | 'scan', at: number) => {
    playNotes(OUTCOME_SOUNDS[outcomeName(outcome)]);
    dispatch({ type: 'answered', outcome, by, at });
  }, []);

  const pick = useCallback(
    (person: PersonCard, method: DeskMethod) => {
      // Two taps on one card are one sign-in.
      if (busy.current) return;
      busy.current = true;
      const at = performance.now();
      dispatch({ type: 'picked', person });
      void callInHall(stream, 'desk/sign-in', { personId: person.personId, method })
        .then((answer) => show(outcomeOf(answer), 'tap', at))
        .finally(() => {
          busy.current = false;
        });
    },
    [show, stream],
  );

  const takeBack = useCallback(
    ({ personId, name }: PersonCard) => {
      if (busy.current) return;
      busy.current = true;
      dispatch({ type: 'picked', person: { name } });
      void callInHall(stream, 'desk/take-back', { personId })
        .then((answer) => dispatch({ type: 'taken_back', name, fault: answer.ok ? null : answer.error }))
        .finally(() => {
          busy.current = false;
        });
    },
    [stream],
  );

  const hasScanner = useCardScans({
    stream,
    step,
    busy,
    dispatch,
    onAnswer: (outcome, at) => show(outcome, 'scan', at),
  });

  const askHelp = useCallback(() => {
    dispatch({ type: 'asked_help' });
    void callPatiently('desk/ask-help', {}).then((answer) => answer.ok && dispatch({ type: 'help_heard' }));
  }, []);
  const clear = useCallback(() => dispatch({ type: 'clear' }), []);

  const { large, toggle, forget } = useLargeLetters(step, view.largeLetters);
  const startAgain = useCallback(() => {
    forget();
    dispatch({ type: 'started_over' });
  }, [forget]);
  useReset(step, startAgain, view.language);
  useRing(view.helpAskedAt);
  useShowKeys('desk', 'stage', 'console');

  const browsing = step.step === 'browse' && view.open;
  const outcome = outcomeShown(step);
  useReadAloud(outcome?.outcome ?? null, view);
  const covered = outcome !== null || ['recording', 'help', 'taken_back'].includes(step.step);
  return (
    <div className={classes('desk', browsing && 'desk-browsing', large && 'desk-large')}>
      {!browsing && <DeskHeader view={view} clock={stream.clock} chip={!covered} large={large} onLarge={toggle} />}
      <main className="desk-main" inert={covered || step.step === 'privacy'}>
        {browsing ? (
          <BrowseScreen
            stream={stream}
            view={view}
            unit={step.unit}
            initial={step.initial}
            dispatch={dispatch}
            onPick={pick}
            onHelp={askHelp}
          />
        ) : (
          <SearchScreen
            view={view}
            stream={stream}
            query={step.step === 'search' ? step.query : ''}
            active={step.step === 'search'}
            dispatch={dispatch}
            onPick={pick}
            hasScanner={hasScanner}
          />
        )}
      </main>
      {view.helpAskedAt !== null && step.step !== 'help' && <HelpBand since={view.helpAskedAt} />}
      {view.helpAskedAt === null && !browsing && (
        <DeskFooter view={view} onHelp={askHelp} onPrivacy={() => dispatch({ type: 'asked_privacy' })} />
      )}
      {step.step === 'recording' && !step.over && (
        <div className="desk-recording" aria-live="polite">
          {step.name !== null && <p>{step.name}</p>}
          <p className="desk-recording-word">{t('desk.recording')}</p>
        </div>
      )}
      {outcome && (
        <OutcomeScreen
          shown={outcome}
          looking={step.step === 'recording'}
          view={view}
          dispatch={dispatch}
          onHelp={askHelp}
          onTakeBack={takeBack}
        />
      )}
      {step.step === 'taken_back' && (
        <TakenBackScreen view={view} name={step.name} fault={step.fault} onHelp={askHelp} onDone={clear} />
      )}
      {step.step === 'help' && <HelpScreen view={view} heard={step.heard} onDone={clear} />}
      {step.step === 'privacy' && <PrivacySheet view={view} onClose={clear} />}
      {view.rehearsal && <Watermark word={t('common.rehearsal')} tone="day" />}
      {view.rehearsal && covered && (
        <div className="desk-chip">
          <RehearsalChip word={t('common.rehearsal')} />
        </div>
      )}
      <DisplayNumber view={view} clock={stream.clock} of="operator" />
      <Reconnecting lost={lost} />
    </div>
  );
}

/** The outcome on screen; it stays there while the next scan is looked up. */
function outcomeShown(step: Step): Extract<Step, { step: 'outcome' }> | null {
  if (step.step === 'outcome') return step;
  return step.step === 'recording' ? step.over : null;
}
