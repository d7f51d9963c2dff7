import type { ButtonHTMLAttributes, JSX, Ref } from 'react';
import './button.css';
import './icon.css';
import { classes } from './classes.ts';
import type { IconName } from './icon.tsx';
import { Icon } from './icon.tsx';

export type ButtonTone = 'primary' | 'plain' | 'danger' | 'quiet';

type Props = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type'> & {
  tone?: ButtonTone;
  size?: 'medium' | 'large';
  icon?: IconName;
  ref?: Ref<HTMLButtonElement>;
};

/** A button of at least 48 px (medium) or 72 px (large) with a word, and a drawing where it helps. */
export function Button({ tone = 'plain', size = 'medium', icon, className, children, ...rest }: Props): JSX.Element {
  return (
    <button type="button" className={classes('button', `button-${tone}`, `button-${size}`, className)} {...rest}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </button>
  );
}
