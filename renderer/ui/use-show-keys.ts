import { useEffect } from 'react';
import type { HallRole } from '../../electron/contract/shell.ts';
import { call } from '../client/call.ts';

/** F8 and F9 bring another window than `own` to the front, for a PC with one display. */
export function useShowKeys(own: HallRole, f8: HallRole, f9: HallRole): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const role = event.code === 'F8' ? f8 : event.code === 'F9' ? f9 : null;
      if (!role) return;
      event.preventDefault();
      void call(`${own}/show`, { role });
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [own, f8, f9]);
}
