/** A PDF that pages can be drawn from. */
export interface PdfPages {
  total: number;
  /** Draws page `number` (from 1) to fill the canvas' width in CSS pixels; a drawing that is running there is given up. */
  draw(number: number, canvas: HTMLCanvasElement, widthPx: number): Promise<void>;
  close(): void;
}

/** Reads a PDF from base64. The reader is large and loaded only now. */
export async function openPdf(base64: string): Promise<PdfPages> {
  const { getDocument } = await import('unpdf/pdfjs');
  const data = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0);
  const reading = getDocument({ data });
  const document = await reading.promise;
  const running = new WeakMap<HTMLCanvasElement, { cancel(): void }>();
  return {
    total: document.numPages,
    async draw(number, canvas, widthPx) {
      running.get(canvas)?.cancel();
      const page = await document.getPage(number);
      const scale = (widthPx * devicePixelRatio) / page.getViewport({ scale: 1 }).width;
      const viewport = page.getViewport({ scale });
      canvas.width = Math.floor(viewport.width);
      canvas.height = Math.floor(viewport.height);
      const task = page.render({ canvas, viewport });
      running.set(canvas, task);
      // Given up for another page: nothing is lost.
      await task.promise.catch(() => undefined);
    },
    close: () => void reading.destroy(),
  };
}
