import type { JSX, KeyboardEvent, ReactNode } from 'react';
import { useEffect, useId, useRef } from 'react';
import './sheet.css';
import { useScrolls } from './use-scrolls.ts';

/**
 * A sheet over the window with one subject. Escape closes it; the focus starts in the first field, stays inside and goes back
 * afterwards; Enter in a field does what the main button says. Only the part between title and buttons scrolls.
 */
export function Sheet(props: {
  title: string;
  onClose: () => void;
  children: ReactNode;
  actions: ReactNode;
  wide?: boolean;
}): JSX.Element {
  const ref = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const scrolls = useScrolls(body);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) {
      dialog.showModal();
      body.current?.querySelector<HTMLElement>(FIELDS)?.focus();
    }
    return () => dialog?.close();
  }, []);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Enter in a field, as in a form
    <dialog
      ref={ref}
      className={props.wide ? 'sheet sheet-wide' : 'sheet'}
      aria-labelledby={titleId}
      onKeyDown={pressMainButton}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
    >
      <h2 id={titleId} className="sheet-title">
        {props.title}
      </h2>
      <div
        ref={body}
        className="sheet-body"
        {...(scrolls ? { tabIndex: 0, role: 'group', 'aria-labelledby': titleId } : {})}
      >
        {props.children}
      </div>
      <div className="sheet-actions">{props.actions}</div>
    </dialog>
  );
}

const FIELDS = 'input:not([disabled], [type=checkbox], [type=radio]), textarea:not([disabled])';

function pressMainButton(event: KeyboardEvent<HTMLDialogElement>): void {
  const field = event.target;
  if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
  // A form inside the sheet takes its own Enter.
  if (!(field instanceof HTMLInputElement) || field.form || field.type === 'checkbox') return;
  const main = event.currentTarget.querySelector<HTMLButtonElement>(
    '.sheet-actions .button-primary, .sheet-actions .button-danger',
  );
  event.preventDefault();
  if (main && !main.disabled) main.click();
}
