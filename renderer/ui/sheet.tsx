import type { JSX, ReactNode } from 'react';
import { useEffect, useId, useRef } from 'react';
import './sheet.css';

/** A sheet over the window with one subject; Escape closes it, the focus stays inside and goes back afterwards. */
export function Sheet(props: {
  title: string;
  onClose: () => void;
  children: ReactNode;
  actions: ReactNode;
  wide?: boolean;
}): JSX.Element {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className={props.wide ? 'sheet sheet-wide' : 'sheet'}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
    >
      <h2 id={titleId} className="sheet-title">
        {props.title}
      </h2>
      <div className="sheet-body">{props.children}</div>
      <div className="sheet-actions">{props.actions}</div>
    </dialog>
  );
}
