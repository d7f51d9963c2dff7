import type { JSX } from 'react';
import type { ReportListItem } from '../../electron/contract/api-report.ts';
import type { DeliveryState, DeliveryStatus } from '../../electron/contract/delivery.ts';
import { blame, isCause } from '../../electron/shared/causes.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import type { Tone } from '../ui/card.tsx';
import { Card, Chip } from '../ui/card.tsx';
import { formatCount, formatCountdown, formatDay, formatTime, inSentence } from '../ui/format.ts';
import type { CoreClock } from '../ui/use-now.ts';
import { useNow } from '../ui/use-now.ts';
import type { Commands } from './use-command.ts';

/** Waiting longer than this is said with the day, so that nobody takes it for a matter of minutes. */
const LONG_WAIT_MS = 24 * 60 * 60_000;

const TONES: Record<DeliveryState, Tone> = { waiting: 'warn', sending: 'quiet', delivered: 'ok', returned: 'bad' };

/** One sealed revision and where it stands, in one of the four words. Only a verified receipt says "received". */
export function DeliveryCard(props: {
  /** Null: nothing was sealed yet. */
  status: DeliveryStatus | null;
  /** Gives the sitting its name. */
  reports: readonly ReportListItem[];
  /** Says that the report goes to the stand-in on this PC; where there is room for it. */
  rehearsal: boolean;
  clock: CoreClock;
  commands: Commands;
}): JSX.Element {
  const { t, language } = useTexts();
  const { status, clock, commands } = props;
  if (!status)
    return (
      <Card title={t('console.delivery.title')} icon="report">
        <p>{t('console.delivery.none')}</p>
      </Card>
    );
  const title = props.reports.find((each) => each.reportId === status.reportId)?.title ?? null;
  return (
    <Card
      title={
        title === null
          ? t('console.delivery.title')
          : t('console.delivery.titleOf', { title: inSentence(title, language) })
      }
      icon="report"
      tone={TONES[status.state]}
      className="delivery-card"
    >
      <div className="delivery-row">
        <div className="delivery-word" data-testid="delivery-word">
          <Chip tone={TONES[status.state]}>{t(`console.delivery.${status.state}`)}</Chip>
        </div>
        {status.state === 'waiting' && (
          <Button
            icon="send"
            disabled={commands.busy}
            onClick={() =>
              void commands.run('console/send-now', { reportId: status.reportId, revision: status.revision })
            }
          >
            {t('console.delivery.sendNow')}
          </Button>
        )}
      </div>
      <Revision status={status} />
      <Failure status={status} />
      <Details status={status} clock={clock} />
      {props.rehearsal && <p className="board-small">{t('console.delivery.rehearsal')}</p>}
    </Card>
  );
}

function Revision({ status }: { status: DeliveryStatus }): JSX.Element {
  const { t } = useTexts();
  // The tail of the identifier (its random part) is enough to tell two reports apart on the telephone.
  return (
    <p className="delivery-number">
      {t('console.delivery.number', { id: status.reportId.slice(-8) })} ·{' '}
      {t('console.delivery.revision', { revision: status.revision })}
    </p>
  );
}

/** Why the last try failed, whose fault it is, and what to do: by the named cause where there is one. */
function Failure({ status }: { status: DeliveryStatus }): JSX.Element | null {
  const { t } = useTexts();
  const { lastFailure, lastCause, lastHttpStatus } = status;
  if (lastFailure === null || (status.state !== 'waiting' && status.state !== 'sending')) return null;
  const cause = lastCause !== null && isCause(lastCause) ? lastCause : null;
  const says = cause ? t(`causes.says.${cause}`) : t(`console.delivery.failure.${lastFailure}`);
  // While the next try is on its way, why the one before failed is no news, and nothing is to be done about it.
  if (status.state === 'sending')
    return (
      <p className="board-small" data-testid="delivery-failure">
        {t('console.delivery.lastTry', { why: says })}
      </p>
    );
  const http = lastHttpStatus === null ? '' : ` (${t('console.delivery.http', { status: lastHttpStatus })})`;
  return (
    <p data-testid="delivery-failure">
      <strong>{cause ? says : `${says.replace(/\.$/u, '')}${http}.`}</strong>{' '}
      {t(`board.whose.${cause ? blame(cause, null) : WHOSE[lastFailure]}`)}{' '}
      {cause ? t(`causes.next.${cause}`) : t(`board.deliveryNext.${lastFailure}`)}
    </p>
  );
}

/** Of failures without a cause of their own. */
const WHOSE = {
  unreachable: 'unknown',
  timeout: 'unknown',
  busy: 'server',
  server_error: 'server',
  no_receipt: 'unknown',
  bad_receipt: 'server',
  redirected: 'unknown',
  refused: 'server',
  conflict: 'server',
  damaged: 'this_pc',
} as const satisfies Record<NonNullable<DeliveryStatus['lastFailure']>, string>;

function Details({ status, clock }: { status: DeliveryStatus; clock: CoreClock }): JSX.Element {
  const { t, language } = useTexts();
  const now = useNow(clock);
  const lines: string[] = [];
  if (status.state === 'delivered') {
    if (status.receiptSerial) lines.push(t('console.delivery.receipt', { serial: status.receiptSerial }));
    if (status.receivedAt !== null)
      lines.push(t('console.delivery.receivedAt', { time: formatTime(status.receivedAt, language) }));
  }
  if (status.state === 'returned' && status.returnReason)
    lines.push(t('console.delivery.reason', { reason: status.returnReason }));
  if (status.state === 'waiting' || status.state === 'sending') {
    if (now - status.sealedAt > LONG_WAIT_MS)
      lines.push(
        t('console.delivery.waitingSince', {
          day: formatDay(status.sealedAt, language),
          days: formatCount(Math.floor((now - status.sealedAt) / LONG_WAIT_MS), language),
        }),
      );
  }
  if (status.waitsFor !== null) lines.push(t('console.delivery.waitsFor', { revision: status.waitsFor }));
  const tries: string[] = [];
  if (status.attempts > 0 && (status.state === 'waiting' || status.state === 'sending'))
    tries.push(t('console.delivery.attempts', { count: status.attempts, n: formatCount(status.attempts, language) }));
  if (status.state === 'waiting' && status.nextAttemptAt !== null)
    tries.push(
      status.nextAttemptAt > now
        ? t('console.delivery.nextTry', {
            time: formatTime(status.nextAttemptAt, language),
            left: formatCountdown(status.nextAttemptAt - now),
          })
        : t('console.delivery.nextTrySoon'),
    );
  if (tries.length > 0) lines.push(tries.join(' · '));
  return (
    <ul className="delivery-lines">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}
