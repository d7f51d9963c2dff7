import { useRef, type JSX, type ReactNode } from 'react';
import './slate.css';
import { keepTogether } from '../../electron/shared/keep-together.ts';
import { useFit } from './use-fit.ts';

/** The frame every slate shares; needs no live data, so it also serves while a broken window starts again. */
export function SlateFrame(props: {
  organiser: string | null;
  conference: string | null;
  venue: string | null;
  time: string | null;
  day: string | null;
  /** For the technician: the time above may be wrong. */
  clockNote?: string | null;
  children: ReactNode;
}): JSX.Element {
  const slate = useRef<HTMLElement>(null);
  useFit(slate);
  return (
    <section ref={slate} className="slate" data-testid="slate">
      <header className="slate-head">
        {props.organiser && <p className="slate-organiser">{keepTogether(props.organiser)}</p>}
        {props.conference && <h1>{keepTogether(props.conference)}</h1>}
        <div className="slate-rule" aria-hidden="true" />
      </header>
      <div className="slate-happening" aria-live="polite">
        {props.children}
      </div>
      <footer className="slate-foot">
        <p className="slate-venue">{props.venue && keepTogether(props.venue)}</p>
        <p className="slate-clock">
          {props.time && <strong>{props.time}</strong>}
          <span>{props.day}</span>
          {props.clockNote && <span className="slate-clock-note">{keepTogether(props.clockNote)}</span>}
        </p>
      </footer>
    </section>
  );
}
