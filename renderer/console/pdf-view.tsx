import type { JSX } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { openPdf, type PdfPages } from './pdf-pages.ts';

/** The pages of a PDF, one at a time: whole, or as wide as the sheet. */
export function PdfView({ pdf }: { pdf: string }): JSX.Element {
  const { t } = useTexts();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [pages, setPages] = useState<PdfPages | null>(null);
  const [number, setNumber] = useState(1);
  const [isLarge, setIsLarge] = useState(false);
  const [drawn, setDrawn] = useState('');
  useEffect(() => {
    let opened: PdfPages | null = null;
    let isGone = false;
    const read = async (): Promise<void> => {
      opened = await openPdf(pdf);
      if (isGone) return opened.close();
      setPages(opened);
      return setNumber(1);
    };
    void read();
    return () => {
      isGone = true;
      opened?.close();
    };
  }, [pdf]);
  useEffect(() => {
    const target = canvas.current;
    if (!pages || !target) return;
    const { width } = target.getBoundingClientRect();
    void pages.draw(number, target, width).then(() => setDrawn(`${number} ${isLarge}`));
  }, [pages, number, isLarge]);
  const total = pages?.total ?? 0;
  return (
    <div className="pdf-view">
      <figure
        className={isLarge ? 'pdf-page pdf-page-large' : 'pdf-page'}
        aria-label={t('print.page', { n: number, total })}
      >
        <canvas ref={canvas} data-drawn={drawn === `${number} ${isLarge}`} />
      </figure>
      <div className="pdf-buttons">
        <Button
          icon="back"
          aria-label={t('print.before')}
          disabled={number <= 1}
          onClick={() => setNumber(number - 1)}
        />
        <span aria-live="polite">{t('print.page', { n: number, total })}</span>
        <Button
          icon="forward"
          aria-label={t('print.after')}
          disabled={number >= total}
          onClick={() => setNumber(number + 1)}
        />
        <Button icon="search" disabled={total === 0} onClick={() => setIsLarge(!isLarge)}>
          {t(isLarge ? 'print.smaller' : 'print.larger')}
        </Button>
      </div>
    </div>
  );
}
