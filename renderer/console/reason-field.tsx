import type { JSX } from 'react';
import { Button } from '../ui/button.tsx';

/** A reason: the usual ones by one tap, any other in words. */
export function ReasonField(props: {
  label: string;
  usual: readonly string[];
  value: string;
  onChange: (value: string) => void;
}): JSX.Element {
  return (
    <div className="people-field">
      <label>
        <span>{props.label}</span>
        <input
          className="board-input"
          value={props.value}
          maxLength={300}
          autoComplete="off"
          onChange={(event) => props.onChange(event.target.value)}
        />
      </label>
      <div className="people-usual">
        {props.usual.map((reason) => (
          <Button key={reason} aria-pressed={props.value === reason} onClick={() => props.onChange(reason)}>
            {reason}
          </Button>
        ))}
      </div>
    </div>
  );
}
