import type { Dispatch, JSX, RefObject } from 'react';
import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import './desk.css';
import type { DeskMethod, DeskView } from '../../electron/contract/api.ts';
import type { PersonCard } from '../../electron/contract/api-person.ts';
import { useTranslation } from 'react-i18next';
import { call } from '../client/call.ts';
import { callInHall } from '../client/call-in-hall.ts';
import { useView } from '../client/use-view.ts';
import type { ViewStream } from '../client/view-stream.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { PlainMessage } from '../ui/plain-message.tsx';
import { Reconnecting } from '../ui/reconnecting.tsx';
import { playNotes } from '../ui/tones.ts';
import { useScanner } from '../ui/use-scanner.ts';
import { useShowKeys } from '../ui/use-show-keys.ts';
import { Watermark } from '../ui/watermark.tsx';
import { BrowseScreen } from './browse-screen.tsx';
import { DeskFooter } from './desk-footer.tsx';
import { DeskHeader } from './desk-header.tsx';
import type { DeskAction, Outcome, Step } from './flow.ts';
import { CONFIRMATION_MS, IDLE_RESET_MS, nextStep, outcomeName, outcomeOf, START } from './flow.ts';
import { HelpScreen } from './help-screen.tsx';
import { OutcomeScreen } from './outcome-screen.tsx';
import { PrivacySheet } from './privacy-sheet.tsx';
import { SearchScreen } from './search-screen.tsx';
import { OUTCOME_SOUNDS } from './sounds.ts';

/** The sign-in desk: one person at a time, by name; works with touch alone and with a keyboard alone. */
export function Desk({ stream }: { stream: ViewStream<'desk'> }): JSX.Element {
  const { view, lost } = useView(stream);
  if (!view) return <PlainMessage text={lost ? 'reconnecting' : 'starting'} />;
  return <OpenDesk view={view} lost={lost} stream={stream} />;
}

function OpenDesk({ view, lost, stream }: { view: DeskView; lost: boolean; stream: ViewStream<'desk'> }): JSX.Element {
  const { t } = useTexts();
  const [step, dispatch] = useReducer(nextStep, START);
  const busy = useRef(false);

  const show = useCallback((outcome: Outcome) => {
    playNotes(OUTCOME_SOUNDS[outcomeName(outcome)]);
    dispatch({ type: 'answered', outcome });
  }, []);

  const pick = useCallback(
    (person: PersonCard, method: DeskMethod) => {
      // Two taps on one card are one sign-in.
      if (busy.current) return;
      busy.current = true;
      dispatch({ type: 'picked', person });
      void callInHall(stream, 'desk/sign-in', { personId: person.personId, method })
        .then((answer) => show(outcomeOf(answer)))
        .finally(() => {
          busy.current = false;
        });
    },
    [show, stream],
  );

  const hasScanner = useCardScans(stream, busy, show, dispatch);

  const askHelp = useCallback(() => {
    // The raised hand is seen in any case; the console's hint is an extra.
    void call('desk/ask-help', {});
    playNotes(OUTCOME_SOUNDS.help);
    dispatch({ type: 'asked_help' });
  }, []);
  const startOver = useCallback(() => dispatch({ type: 'started_over' }), []);

  useReset(step, startOver);
  useShowKeys('desk', 'stage', 'console');

  return (
    <div className="desk">
      <DeskHeader view={view} />
      <main className="desk-main" inert={step.step !== 'search' && step.step !== 'browse'}>
        {step.step === 'browse' && view.open ? (
          <BrowseScreen
            stream={stream}
            view={view}
            unit={step.unit}
            initial={step.initial}
            dispatch={dispatch}
            onPick={pick}
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
      <DeskFooter view={view} onHelp={askHelp} onPrivacy={() => dispatch({ type: 'asked_privacy' })} />
      {step.step === 'recording' && (
        <div className="desk-recording" aria-live="polite">
          {step.name !== null && <p>{step.name}</p>}
          <p className="desk-recording-word">{t('desk.recording')}</p>
        </div>
      )}
      {step.step === 'outcome' && (
        <OutcomeScreen outcome={step.outcome} view={view} dispatch={dispatch} onHelp={askHelp} />
      )}
      {step.step === 'help' && <HelpScreen view={view} onDone={startOver} />}
      {step.step === 'privacy' && <PrivacySheet view={view} onClose={startOver} />}
      {view.rehearsal && <Watermark word={t('common.rehearsal')} tone="day" />}
      <Reconnecting lost={lost} />
    </div>
  );
}

/**
 * Cards and badges, one after the other: a card read while another is being recorded waits for it. Tells whether this
 * window has seen a scanner.
 */
function useCardScans(
  stream: ViewStream<'desk'>,
  busy: RefObject<boolean>,
  show: (outcome: Outcome) => void,
  dispatch: Dispatch<DeskAction>,
): boolean {
  const [seen, setSeen] = useState(false);
  const queue = useRef<Promise<void>>(Promise.resolve());
  useScanner(
    (raw) => {
      setSeen(true);
      queue.current = queue.current.then(async () => {
        busy.current = true;
        dispatch({ type: 'scanned' });
        show(outcomeOf(await callInHall(stream, 'desk/scan', { raw })));
        busy.current = false;
      });
    },
    () => dispatch({ type: 'scan_ignored' }),
  );
  return seen;
}

/** Starts over after a green confirmation, and when nobody did anything for a while. */
function useReset(step: Step, startOver: () => void): void {
  const { i18n } = useTranslation();
  useEffect(() => {
    if (step.step === 'recording') return;
    const confirmed = step.step === 'outcome' && step.outcome.ok;
    const reset = (): void => {
      startOver();
      if (!confirmed) void i18n.changeLanguage('vi');
    };
    let timer = setTimeout(reset, confirmed ? CONFIRMATION_MS : IDLE_RESET_MS);
    if (confirmed) return () => clearTimeout(timer);
    const again = (): void => {
      clearTimeout(timer);
      timer = setTimeout(reset, IDLE_RESET_MS);
    };
    window.addEventListener('pointerdown', again);
    window.addEventListener('keydown', again);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pointerdown', again);
      window.removeEventListener('keydown', again);
    };
  }, [step, startOver, i18n]);
}
