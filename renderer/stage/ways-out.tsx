import type { JSX } from 'react';
import { useEffect, useState } from 'react';
import type { StageView } from '../../electron/contract/api.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { HoldButton } from '../ui/hold-button.tsx';

/** They go again when nobody moved the mouse or touched the screen for so long, ms. */
const SHOWN_MS = 5_000;

/**
 * With one display the stage covers desk and console: a mouse that is moved or a touch brings the ways to them into a corner, where they
 * must be held. With two displays the stage shows nothing of the kind, whatever is touched.
 */
export function WaysOut({ view }: { view: StageView }): JSX.Element | null {
  return view.displays === 1 ? <Corner /> : null;
}

function Corner(): JSX.Element | null {
  const { t } = useTexts();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const show = (): void => {
      setShown(true);
      clearTimeout(timer);
      timer = setTimeout(() => setShown(false), SHOWN_MS);
    };
    for (const act of ['pointermove', 'pointerdown'] as const) window.addEventListener(act, show, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const act of ['pointermove', 'pointerdown'] as const) window.removeEventListener(act, show);
    };
  }, []);
  if (!shown) return null;
  return (
    <div className="stage-ways">
      {(['desk', 'console'] as const).map((role) => (
        <HoldButton
          key={role}
          icon={role === 'desk' ? 'desk' : 'lock'}
          label={t(`ways.${role}`)}
          hint={t(`ways.${role}Hint`)}
          onHeld={() => void call('stage/show', { role })}
        />
      ))}
    </div>
  );
}
