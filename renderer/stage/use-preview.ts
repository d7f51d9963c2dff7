import { useEffect } from 'react';
import { call } from '../client/call.ts';

const EVERY_MS = 1_500;
const SIZE = { width: 480, height: 270 };
/** Small enough for one request, whatever the picture. */
const QUALITY = 0.6;

/** While somebody looks on the console, sends a small picture of what the hall sees: the video, or the words of the slate. */
export function usePreview(wanted: boolean): void {
  useEffect(() => {
    if (!wanted) return;
    const canvas = document.createElement('canvas');
    Object.assign(canvas, SIZE);
    const pen = canvas.getContext('2d', { alpha: false });
    if (!pen) return;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout>;
    const send = async (): Promise<void> => {
      draw(pen);
      const jpeg = canvas.toDataURL('image/jpeg', QUALITY).split(',')[1] ?? '';
      await call('stage/preview', { jpeg });
      if (!stopped) timer = setTimeout(() => void send(), EVERY_MS);
    };
    void send();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [wanted]);
}

function draw(pen: CanvasRenderingContext2D): void {
  const { width, height } = SIZE;
  pen.fillStyle = '#0a1424';
  pen.fillRect(0, 0, width, height);
  const slate = document.querySelector('.slate');
  if (slate) {
    drawWords(pen, [
      ...slate.querySelectorAll('h1, .slate-over, .slate-title, .slate-label, .slate-digits, .slate-hint'),
    ]);
    return;
  }
  // The one on top is the one that is seen.
  const video = [...document.querySelectorAll('video')].findLast(
    (each) => each.style.zIndex === '1' && each.videoWidth > 0,
  );
  if (!video) return;
  const scale = Math.min(width / video.videoWidth, height / video.videoHeight);
  const [w, h] = [video.videoWidth * scale, video.videoHeight * scale];
  pen.drawImage(video, (width - w) / 2, (height - h) / 2, w, h);
}

function drawWords(pen: CanvasRenderingContext2D, lines: readonly Element[]): void {
  pen.textAlign = 'center';
  pen.textBaseline = 'middle';
  const rowHeight = SIZE.height / (lines.length + 1);
  for (const [i, line] of lines.entries()) {
    const style = getComputedStyle(line);
    const px = Math.max(11, Math.min(rowHeight * 0.9, (Number.parseFloat(style.fontSize) * SIZE.width) / innerWidth));
    pen.font = `${style.fontWeight} ${px}px ${style.fontFamily}`;
    pen.fillStyle = style.color;
    pen.fillText(line.textContent ?? '', SIZE.width / 2, rowHeight * (i + 1), SIZE.width - 16);
  }
}
