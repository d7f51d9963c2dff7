import type { JSX } from 'react';
import { formatCountdown } from '../ui/format.ts';
import { keepTogether } from '../../electron/shared/keep-together.ts';

/** A remaining time in large digits, with what it counts to. */
export function Countdown(props: {
  heading?: string;
  label: string;
  title: string;
  at: string;
  remainingMs: number;
}): JSX.Element {
  return (
    <>
      {props.heading && <p className="slate-title slate-title-small">{props.heading}</p>}
      <p className="slate-over">{keepTogether(props.title)}</p>
      <p className="slate-label">{props.label}</p>
      <p className={props.heading ? 'slate-digits slate-digits-small' : 'slate-digits'} role="timer" aria-live="off">
        {formatCountdown(props.remainingMs)}
      </p>
      <p className="slate-hint">{props.at}</p>
    </>
  );
}
