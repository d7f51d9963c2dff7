import type { JSX } from 'react';
import { useCallback, useEffect, useState } from 'react';
import './print.css';
import type { PrintableKind } from '../../electron/contract/api-print.ts';
import { call, type Answer } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Verdict } from '../ui/card.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { PdfView } from './pdf-view.tsx';
import { useLoaded } from '../ui/use-loaded.ts';
import { Copies, JobWords, PrinterChoice, usePrintFailure } from './print-parts.tsx';
import { usePrintJob } from './use-print-job.ts';

/** A document as it will be printed, and the printers of this PC. What is printed is what is shown. */
export function PrintSheet(props: {
  sittingId: string;
  /** One or several to choose from. */
  kinds: readonly [PrintableKind, ...PrintableKind[]];
  /** Of the report; absent: the newest. */
  revision?: number | null;
  onClose: () => void;
}): JSX.Element {
  const { t } = useTexts();
  const { sittingId, kinds, revision } = props;
  const [kind, setKind] = useState<PrintableKind>(kinds[0]);
  const [newest, setNewest] = useState<{ of: string; answer: Answer<'console/report/preview'> } | null>(null);
  const [printerId, setPrinterId] = useState<string | null>(null);
  const [copies, setCopies] = useState(1);
  const { job, print, cancel, forget } = usePrintJob();
  const ask = useCallback(() => call('console/printers/list', {}), []);
  const { value: found, refresh } = useLoaded(ask, '');
  const printers = found?.ok ? found.printers : [];
  const printer =
    printers.find(({ id }) => id === printerId) ?? printers.find(({ isDefault }) => isDefault) ?? printers[0] ?? null;
  const of = `${kind} ${revision ?? ''}`;
  useEffect(() => {
    let isGone = false;
    const make = async (): Promise<void> => {
      const answer = await call('console/report/preview', { sittingId, kind, ...(revision ? { revision } : {}) });
      if (!isGone) setNewest({ of, answer });
    };
    void make();
    return () => {
      isGone = true;
    };
  }, [sittingId, kind, revision, of]);
  const made = newest?.of === of ? newest.answer : null;
  const failed = usePrintFailure();
  const isBusy = job.step === 'handing' || (job.step === 'queued' && job.state === 'waiting');
  return (
    <Sheet
      wide
      title={t('print.title')}
      onClose={props.onClose}
      actions={
        <>
          <Button size="large" onClick={props.onClose}>
            {t('common.close')}
          </Button>
          {job.step === 'queued' && job.state === 'waiting' && (
            <Button size="large" onClick={() => void cancel()}>
              {t('print.cancel')}
            </Button>
          )}
          <Button
            size="large"
            tone="primary"
            icon="report"
            disabled={!made?.ok || !printer || isBusy}
            onClick={() => {
              if (made?.ok && printer) void print(made.documentId, printer, copies);
            }}
          >
            {t('print.do')}
          </Button>
        </>
      }
    >
      <div className="print">
        {made?.ok ? (
          <PdfView key={made.documentId} pdf={made.pdf} />
        ) : (
          <div className="pdf-view" aria-live="polite">
            {made === null ? (
              <Verdict tone="quiet">{t('print.making')}</Verdict>
            ) : (
              <Verdict tone="bad">{failed(made.error)}</Verdict>
            )}
          </div>
        )}
        <div className="print-side">
          <div aria-live="polite" className="print-job" data-testid="print-job">
            <JobWords job={job} />
          </div>
          {kinds.length > 1 && (
            <fieldset disabled={isBusy}>
              <legend>{t('print.which')}</legend>
              {kinds.map((each) => (
                <label key={each} className="choice">
                  <input
                    type="radio"
                    name="kind"
                    checked={each === kind}
                    onChange={() => {
                      setKind(each);
                      forget();
                    }}
                  />
                  <span>{t(`report.save.kind.${each}`)}</span>
                </label>
              ))}
            </fieldset>
          )}
          {found && (
            <PrinterChoice
              failed={found.ok ? null : found.error}
              printers={printers}
              chosen={printer}
              disabled={isBusy}
              onChoose={(id) => {
                setPrinterId(id);
                forget();
              }}
              onAgain={() => void refresh()}
            />
          )}
          {printers.length > 0 && <Copies copies={copies} disabled={isBusy} onChange={setCopies} />}
        </div>
      </div>
    </Sheet>
  );
}
