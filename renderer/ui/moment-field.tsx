import type { InputHTMLAttributes, JSX } from 'react';
import { useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { readDay, readTime, writeDay } from '../../electron/shared/typed-moment.ts';

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, 'type' | 'value' | 'onChange'> & {
  /** Empty while nothing that can be read is typed. */
  value: string;
  onChange: (value: string) => void;
};

/**
 * A time of day, `07:30`. Not the browser's own field: that one is written as the browser's language wants it, and Debian's Chromium
 * knows English only (02:00 PM, and month before day).
 */
export function TimeField(props: Props): JSX.Element {
  const { t } = useTexts();
  return <MomentField {...props} placeholder={t('momentField.time')} read={readTime} write={(value) => value} />;
}

/** A day, `2026-12-05`, written 05/12/2026. */
export function DayField(props: Props): JSX.Element {
  const { t } = useTexts();
  return <MomentField {...props} placeholder={t('momentField.day')} read={readDay} write={writeDay} />;
}

function MomentField({
  value,
  onChange,
  read,
  write,
  ...rest
}: Props & { read: (typed: string) => string | null; write: (value: string) => string }): JSX.Element {
  const [typed, setTyped] = useState(write(value));
  const isOfValue = (read(typed) ?? '') === value;
  // Set from outside.
  const shown = isOfValue ? typed : write(value);
  return (
    <input
      {...rest}
      type="text"
      autoComplete="off"
      spellCheck={false}
      maxLength={20}
      value={shown}
      aria-invalid={shown !== '' && value === ''}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(read(event.target.value) ?? '');
      }}
      onBlur={() => {
        if (value !== '') setTyped(write(value));
      }}
    />
  );
}
