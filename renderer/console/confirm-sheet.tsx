import type { JSX } from 'react';
import { useState } from 'react';
import type { ConsoleOpenView, ConsoleView, SittingView } from '../../electron/contract/api.ts';
import { unreachable } from '../../electron/shared/result.ts';
import { useTexts } from '../i18n/use-texts.ts';
import type { ButtonTone } from '../ui/button.tsx';
import { Button } from '../ui/button.tsx';
import { formatCount, formatTime, inSentence } from '../ui/format.ts';
import { Sheet } from '../ui/sheet.tsx';
import { ReasonField } from './reason-field.tsx';
import { useSay } from './toasts.tsx';
import type { Commands } from './use-command.ts';

/** What the console asks before it does something that the hall will notice. */
export type Question =
  | { ask: 'open_sitting'; sitting: SittingView }
  | { ask: 'end_sitting'; sitting: SittingView }
  | { ask: 'reopen_sitting'; sitting: SittingView }
  | { ask: 'quit' };

interface Wording {
  title: string;
  lines: string[];
  warning: string | null;
  doIt: string;
  tone: ButtonTone;
  /** A reason is asked for; the usual ones are offered. */
  reason?: { label: string; usual: readonly string[] };
  run: (reason: string) => Promise<boolean>;
  /** Said afterwards, with the way back. */
  said?: { text: string; undo: () => Promise<boolean> };
}

/** Says what will happen, then does it. */
export function ConfirmSheet(props: {
  question: Question;
  view: ConsoleView;
  open: ConsoleOpenView;
  commands: Commands;
  onClose: () => void;
}): JSX.Element {
  const { t } = useTexts();
  const [reason, setReason] = useState('');
  const say = useSay();
  const wording = useWording(props.question, props.view, props.open, props.commands);
  const run = async (): Promise<void> => {
    const done = await wording.run(reason);
    props.onClose();
    if (!done || !wording.said) return;
    const { undo } = wording.said;
    say(wording.said.text, undo);
  };
  return (
    <Sheet
      title={wording.title}
      onClose={props.onClose}
      actions={
        <>
          <Button size="large" onClick={props.onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            size="large"
            tone={wording.tone}
            disabled={props.commands.busy || (wording.reason !== undefined && reason.trim() === '')}
            onClick={() => void run()}
          >
            {wording.doIt}
          </Button>
        </>
      }
    >
      {wording.warning && <p className="confirm-warning">{wording.warning}</p>}
      <ul className="confirm-lines">
        {wording.lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {wording.reason && <ReasonField {...wording.reason} value={reason} onChange={setReason} />}
    </Sheet>
  );
}

function useWording(question: Question, view: ConsoleView, open: ConsoleOpenView, commands: Commands): Wording {
  const { t, language } = useTexts();
  const inHall = (sitting: SittingView): string =>
    formatCount(open.halls.find((hall) => hall.sittingId === sitting.id)?.totals.inHall ?? 0, language);
  switch (question.ask) {
    case 'open_sitting': {
      const { sitting } = question;
      return {
        title: t('console.sitting.openTitle'),
        lines: [t('console.sitting.openBody', { title: sitting.title, time: formatTime(sitting.opensAt, language) })],
        warning: null,
        doIt: t('console.sitting.openDo'),
        tone: 'primary',
        run: () => commands.run('console/open-sitting', { sittingId: sitting.id }),
      };
    }
    case 'end_sitting': {
      const { sitting } = question;
      return {
        title: t('console.sitting.endTitle', { title: inSentence(sitting.title, language) }),
        lines: [
          t('console.sitting.endBody1', { inHall: inHall(sitting) }),
          t('console.sitting.endBody2'),
          t('console.sitting.endBody3'),
        ],
        warning: open.source.health === 'live' ? t('console.sitting.endLive') : null,
        doIt: t('console.sitting.endDo'),
        tone: 'danger',
        run: () => commands.run('console/end-sitting', { sittingId: sitting.id }),
        said: {
          text: t('console.toast.ended', { title: inSentence(sitting.title, language) }),
          undo: () =>
            commands.run('console/reopen-sitting', {
              sittingId: sitting.id,
              reason: t('console.sitting.reopenReason1'),
            }),
        },
      };
    }
    case 'reopen_sitting':
      return {
        title: t('console.sitting.reopenTitle'),
        lines: [
          t('console.sitting.reopenBody1', { inHall: inHall(question.sitting) }),
          t('console.sitting.reopenBody2'),
        ],
        warning: null,
        doIt: t('console.sitting.reopenDo'),
        tone: 'primary',
        reason: {
          label: t('console.sitting.reopenReason'),
          usual: [t('console.sitting.reopenReason1'), t('console.sitting.reopenReason2')],
        },
        run: (reason) => commands.run('console/reopen-sitting', { sittingId: question.sitting.id, reason }),
      };
    case 'quit':
      return {
        title: t('console.bar.quitTitle'),
        lines: [t('console.bar.quitBody')],
        warning: view.sitting?.state === 'live' ? t('console.bar.quitLive') : null,
        doIt: t('console.bar.quitDo'),
        tone: 'danger',
        run: () => commands.run('console/quit', {}),
      };
    default:
      return unreachable(question);
  }
}
