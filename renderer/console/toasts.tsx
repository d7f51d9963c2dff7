import type { JSX, ReactNode } from 'react';
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';

/** What was done can be taken back with one press for this long. */
const UNDO_OFFERED_MS = 10_000;

interface Toast {
  id: number;
  text: string;
  /** Takes it back; answers whether it was. */
  undo: (() => Promise<boolean>) | null;
}

/** Says what was done, with names or numbers; with `undo` it can be taken back while it is shown. */
export type Say = (text: string, undo?: () => Promise<boolean>) => void;

const SayContext = createContext<Say>(() => undefined);

export function useSay(): Say {
  return useContext(SayContext);
}

let last = 0;

/** Holds the messages of the console; they outlive the sheet that said them. */
export function Toasts({ children }: { children: ReactNode }): JSX.Element {
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const say = useCallback<Say>((text, undo) => {
    const toast: Toast = { id: (last += 1), text, undo: undo ?? null };
    setToasts((before) => [...before, toast].slice(-3));
  }, []);
  const drop = useCallback((id: number) => setToasts((before) => before.filter((each) => each.id !== id)), []);
  const shown = useMemo(
    () => toasts.map((toast) => <Message key={toast.id} toast={toast} onSay={say} onGone={drop} />),
    [toasts, say, drop],
  );
  return (
    <SayContext value={say}>
      {children}
      <output className="toasts">{shown}</output>
    </SayContext>
  );
}

function Message(props: { toast: Toast; onSay: Say; onGone: (id: number) => void }): JSX.Element {
  const { t } = useTexts();
  const { toast, onSay, onGone } = props;
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => onGone(toast.id), UNDO_OFFERED_MS);
    return () => clearTimeout(timer);
  }, [toast.id, onGone]);
  const undo = async (): Promise<void> => {
    setBusy(true);
    const done = (await toast.undo?.()) ?? false;
    onGone(toast.id);
    onSay(t(done ? 'console.toast.undone' : 'console.toast.notUndone'));
  };
  return (
    <span className="toast">
      <Icon name="check" />
      <span>{toast.text}</span>
      {toast.undo && (
        <Button disabled={busy} onClick={() => void undo()}>
          {t('console.toast.undo')}
        </Button>
      )}
    </span>
  );
}
