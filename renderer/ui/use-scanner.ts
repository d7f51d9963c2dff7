import { useEffect, useEffectEvent } from 'react';
import { RepeatGuard, ScanAssembler } from './scan-keys.ts';

/** The silence that ends a scan is looked for later than it is long: on a busy PC keys reach the page late. */
const LOOK_AFTER_MS = 700;
/** A scanner that ends its scans with a key will do so again: silence then only means that the PC is busy. */
const GIVE_UP_AFTER_MS = 2_000;

/**
 * Listens to a scanner that types, wherever the focus is: in the capture phase, before any field or button. Keys that can
 * only be a scanner's are kept from the page; the first few of a scan reach it, because nobody can know yet.
 *
 * `onRepeat` is called instead of `onScan` when the same code is read again while the card is still held.
 */
export function useScanner(onScan: (text: string) => void, onRepeat: (text: string) => void): void {
  const report = useEffectEvent((text: string | null, guard: RepeatGuard, at: number): void => {
    if (text === null) return;
    if (guard.isRepeat(text, at)) onRepeat(text);
    else onScan(text);
  });
  useEffect(() => {
    const assembler = new ScanAssembler();
    const guard = new RepeatGuard();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let endsWithKey = false;
    const onDown = (event: KeyboardEvent): void => {
      const { text, isBurst } = assembler.press(event);
      if (isBurst) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
      // A key that writes nothing ended it: Enter or Tab.
      if (text !== null && isBurst && event.key.length > 1) endsWithKey = true;
      report(text, guard, event.timeStamp);
      clearTimeout(timer);
      timer = setTimeout(
        () => report(assembler.finish(performance.now()), guard, performance.now()),
        endsWithKey ? GIVE_UP_AFTER_MS : LOOK_AFTER_MS,
      );
    };
    const onUp = (event: KeyboardEvent): void => assembler.release(event);
    window.addEventListener('keydown', onDown, { capture: true });
    window.addEventListener('keyup', onUp, { capture: true });
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', onDown, { capture: true });
      window.removeEventListener('keyup', onUp, { capture: true });
    };
  }, []);
}
