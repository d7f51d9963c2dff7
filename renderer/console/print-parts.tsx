import type { JSX } from 'react';
import { useId } from 'react';
import type { PreviewDocumentAnswer, PrinterView, PrintFault } from '../../electron/contract/api-print.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Verdict } from '../ui/card.tsx';
import type { PrintJobView } from './use-print-job.ts';

const MOST_COPIES = 20;

type Failure =
  | PrintFault
  | Extract<PreviewDocumentAnswer, { ok: false }>['error']
  | 'unreachable'
  | 'locked'
  | 'invalid_input';

/** Why nothing is shown or printed, with the next step. */
export function usePrintFailure(): (failure: Failure) => string {
  const { t } = useTexts();
  return (failure) => {
    if (failure === 'unreachable') return t('console.failed.unreachable');
    if (failure === 'locked') return t('console.failed.locked');
    return failure === 'invalid_input' ? t('console.failed.general') : t(`print.failed.${failure}`);
  };
}

/** The printers of this PC; what keeps one from printing stands beside its name. */
export function PrinterChoice(props: {
  failed: Failure | null;
  printers: readonly PrinterView[];
  chosen: PrinterView | null;
  disabled: boolean;
  onChoose: (id: string) => void;
  onAgain: () => void;
}): JSX.Element {
  const { t } = useTexts();
  const words = usePrintFailure();
  const { failed, printers, chosen } = props;
  const nameOf = ({ name, isDefault, trouble }: PrinterView): string => {
    const named = isDefault ? t('print.standard', { name }) : name;
    return trouble === null ? named : t('print.withTrouble', { name: named, trouble: t(`print.trouble.${trouble}`) });
  };
  return (
    <fieldset disabled={props.disabled}>
      <legend>{t('print.printer')}</legend>
      {printers.length > 0 && (
        <select
          className="board-input"
          aria-label={t('print.printer')}
          value={chosen?.id ?? ''}
          onChange={(event) => props.onChoose(event.target.value)}
        >
          {printers.map((each) => (
            <option key={each.id} value={each.id}>
              {nameOf(each)}
            </option>
          ))}
        </select>
      )}
      {failed !== null && <Verdict tone="bad">{words(failed)}</Verdict>}
      {failed === null && printers.length === 0 && <p>{t('print.none')}</p>}
      {chosen?.trouble && (
        <p className="print-trouble">
          {t('print.withTrouble', { name: chosen.name, trouble: t(`print.trouble.${chosen.trouble}`) })}
        </p>
      )}
      <Button onClick={props.onAgain}>{t('print.again')}</Button>
    </fieldset>
  );
}

/** How many of it: by buttons or by keys. */
export function Copies(props: { copies: number; disabled: boolean; onChange: (copies: number) => void }): JSX.Element {
  const { t } = useTexts();
  const id = useId();
  const { copies, onChange } = props;
  return (
    <div className="print-copies">
      <label htmlFor={id}>{t('print.copies')}</label>
      <input
        id={id}
        className="board-input"
        type="number"
        min={1}
        max={MOST_COPIES}
        value={copies}
        disabled={props.disabled}
        onChange={(event) => {
          const wanted = Math.round(event.target.valueAsNumber);
          if (Number.isFinite(wanted)) onChange(Math.min(MOST_COPIES, Math.max(1, wanted)));
        }}
      />
    </div>
  );
}

/** What became of the print job. */
export function JobWords({ job }: { job: PrintJobView }): JSX.Element | null {
  const { t } = useTexts();
  const words = usePrintFailure();
  if (job.step === 'none') return null;
  if (job.step === 'handing') return <Verdict tone="quiet">{t('print.handing')}</Verdict>;
  if (job.step === 'failed') return <Verdict tone="bad">{words(job.error)}</Verdict>;
  const { printer, trouble } = job;
  if (job.state === 'sent') return <Verdict tone="ok">{t('print.sent', { printer })}</Verdict>;
  if (job.state === 'cancelled') return <Verdict tone="quiet">{t('print.cancelled')}</Verdict>;
  if (job.state === 'failed') return <Verdict tone="bad">{t('print.jobFailed', { printer })}</Verdict>;
  if (trouble === null) return <Verdict tone="quiet">{t('print.waiting', { printer })}</Verdict>;
  return (
    <>
      <Verdict tone="warn">{t('print.waitingFor', { printer, trouble: t(`print.trouble.${trouble}`) })}</Verdict>
      <p>{t(`print.next.${trouble}`)}</p>
    </>
  );
}
