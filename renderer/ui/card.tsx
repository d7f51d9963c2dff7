import type { JSX, ReactNode } from 'react';
import { useId } from 'react';
import './card.css';
import { classes } from './classes.ts';
import type { IconName } from './icon.tsx';
import { Icon } from './icon.tsx';
import { keepTogether } from '../../electron/shared/keep-together.ts';

/** How things stand: all well, look here, act now, or nothing to judge. */
export type Tone = 'ok' | 'warn' | 'bad' | 'quiet';

/** One subject on a raised sheet; the tone colours its edge, never alone: a sentence inside says the same. */
export function Card(props: {
  title: string;
  icon?: IconName;
  tone?: Tone;
  className?: string;
  aside?: ReactNode;
  children: ReactNode;
}): JSX.Element {
  const titleId = useId();
  return (
    <section className={classes('card', props.tone && `card-${props.tone}`, props.className)} aria-labelledby={titleId}>
      <div className="card-head">
        {props.icon && <Icon name={props.icon} />}
        <h2 id={titleId}>{keepTogether(props.title)}</h2>
        {props.aside}
      </div>
      <div className="card-body">{props.children}</div>
    </section>
  );
}

const TONE_ICONS: Record<Tone, IconName> = { ok: 'check', warn: 'alert', bad: 'alert', quiet: 'info' };

/** The one sentence that says how things stand. */
export function Verdict({ tone, children }: { tone: Tone; children: ReactNode }): JSX.Element {
  return (
    <p className={`verdict verdict-${tone}`}>
      <Icon name={TONE_ICONS[tone]} />
      <strong>{children}</strong>
    </p>
  );
}

/** A few words on a coloured ground. */
export function Chip({ tone, children }: { tone: Tone; children: ReactNode }): JSX.Element {
  return <span className={`chip chip-${tone}`}>{children}</span>;
}

/** Names and values, side by side. */
export function Facts({ facts }: { facts: readonly (readonly [name: string, value: ReactNode])[] }): JSX.Element {
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
