import type { TFunction } from 'i18next';
import type { BeginTrialAnswer } from '../../electron/contract/api-settings.ts';
import { formatTime } from '../ui/format.ts';
import type { UiLanguage } from '../i18n/index.ts';
import type { Refusal } from '../../electron/contract/endpoints.ts';

type Answer = BeginTrialAnswer | Refusal<'console/trial/begin'> | { ok: false; error: 'unreachable' };

/** Why a trial did not begin, as a sentence; null when it begins. */
export function sayTrialFailure(answer: Answer, t: TFunction, language: UiLanguage): string | null {
  if (answer.ok) return null;
  switch (answer.error) {
    case 'too_late':
      return t('trial.failed.too_late', { time: formatTime(answer.opensAt, language) });
    case 'locked':
    case 'invalid_input':
    case 'unreachable':
      return t('trial.failed.unreachable');
    case 'busy':
    case 'gone':
    case 'is_trial':
    case 'no_sitting':
    case 'not_written':
    case 'sitting_running':
    case 'technician_only':
      return t(`trial.failed.${answer.error}`);
  }
}
