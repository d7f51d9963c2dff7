import type { Dispatch, RefObject } from 'react';
import { useRef, useState } from 'react';
import { callInHall } from '../client/call-in-hall.ts';
import type { ViewStream } from '../client/view-stream.ts';
import { useScanner } from '../ui/use-scanner.ts';
import type { DeskAction, Outcome, Step } from './flow.ts';
import { outcomeOf } from './flow.ts';

interface CardScans {
  stream: ViewStream<'desk'>;
  step: Step;
  /** Something is being recorded. */
  busy: RefObject<boolean>;
  dispatch: Dispatch<DeskAction>;
  /** `at`: the moment of the scan, ms of the page's own clock. */
  onAnswer: (outcome: Outcome, at: number) => void;
}

/**
 * Cards and badges, one after the other: a card read while another is being recorded waits for it. Every reading has an
 * answer on screen. Tells whether this window has seen a scanner.
 */
export function useCardScans({ stream, step, busy, dispatch, onAnswer }: CardScans): boolean {
  const [seen, setSeen] = useState(false);
  const queue = useRef<Promise<void>>(Promise.resolve());
  const onScan = (raw: string): void => {
    const at = performance.now();
    setSeen(true);
    queue.current = queue.current.then(async () => {
      busy.current = true;
      dispatch({ type: 'scanned' });
      onAnswer(outcomeOf(await callInHall(stream, 'desk/scan', { raw })), at);
      busy.current = false;
    });
  };
  useScanner(onScan, (raw) => {
    // The card is still held and its outcome is on screen. Once that is gone, the reader wants an answer again.
    if (step.step === 'outcome' || step.step === 'recording') dispatch({ type: 'scan_ignored' });
    else onScan(raw);
  });
  return seen;
}
