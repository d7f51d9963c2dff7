import type { JSX } from 'react';
import { useState } from 'react';
import { useTexts } from '../i18n/use-texts.ts';

/** Sets something of this PC. `failure` stands on the card and says when it was not set. */
export function useSetting(onChanged: () => void): {
  set: (answer: Promise<{ ok: boolean; error?: string }>) => Promise<void>;
  failure: JSX.Element;
} {
  const { t } = useTexts();
  const [failed, setFailed] = useState<'unreachable' | 'not_written' | null>(null);
  return {
    set: async (asked) => {
      const answer = await asked;
      setFailed(answer.ok ? null : answer.error === 'unreachable' ? 'unreachable' : 'not_written');
      onChanged();
    },
    failure: (
      <p className="settings-failure" role="alert">
        {failed && t(`settings.failed.${failed}`)}
      </p>
    ),
  };
}
