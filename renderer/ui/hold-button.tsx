import type { JSX } from 'react';
import { useEffect, useRef, useState } from 'react';
import './hold-button.css';
import { classes } from './classes.ts';
import type { IconName } from './icon.tsx';
import { Icon } from './icon.tsx';

/** Long enough that nobody does it by the way, short enough to wait for. */
export const HOLD_MS = 1_200;
const HINT_MS = 4_000;

/**
 * A button that does something only when it is held: for the technician, on screens that everybody touches. A ring fills while it is
 * held; a short touch only says so. The keyboard has keys of its own for what it does.
 */
export function HoldButton(props: {
  label: string;
  /** Said after a short touch. */
  hint: string;
  icon: IconName;
  className?: string;
  onHeld: () => void;
}): JSX.Element {
  const { label, hint, onHeld } = props;
  const [state, setState] = useState<'idle' | 'held' | 'hint'>('idle');
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  const after = (ms: number, then: () => void): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(then, ms);
  };
  const press = (): void => {
    setState('held');
    after(HOLD_MS, () => {
      setState('idle');
      onHeld();
    });
  };
  const letGo = (): void => {
    if (state !== 'held') return;
    setState('hint');
    after(HINT_MS, () => setState('idle'));
  };
  return (
    <div className={classes('hold', props.className)}>
      <button
        type="button"
        tabIndex={-1}
        aria-label={label}
        data-state={state}
        onPointerDown={(event) => {
          if (event.button === 0) press();
        }}
        onPointerUp={letGo}
        onPointerLeave={letGo}
        onPointerCancel={letGo}
      >
        <svg className="hold-ring" viewBox="0 0 64 64" aria-hidden="true">
          <circle cx="32" cy="32" r="28" pathLength="1" />
        </svg>
        <Icon name={props.icon} />
      </button>
      {state === 'hint' && <output className="hold-hint">{hint}</output>}
    </div>
  );
}
