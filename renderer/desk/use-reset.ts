import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { UiLanguage } from '../i18n/index.ts';
import { CONFIRMATION_MS, IDLE_RESET_MS, type Step } from './flow.ts';

/** Starts over after a green confirmation, and when nobody did anything for a while; then also in the `language` of this PC. */
export function useReset(step: Step, startOver: () => void, language: UiLanguage): void {
  const { i18n } = useTranslation();
  useEffect(() => {
    if (step.step === 'recording') return;
    const confirmed = step.step === 'outcome' && step.outcome.ok;
    const reset = (): void => {
      startOver();
      if (!confirmed) void i18n.changeLanguage(language);
    };
    let timer = setTimeout(reset, confirmed ? CONFIRMATION_MS[step.by] : IDLE_RESET_MS);
    if (confirmed) return () => clearTimeout(timer);
    const again = (): void => {
      clearTimeout(timer);
      timer = setTimeout(reset, IDLE_RESET_MS);
    };
    window.addEventListener('pointerdown', again);
    window.addEventListener('keydown', again);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pointerdown', again);
      window.removeEventListener('keydown', again);
    };
  }, [step, startOver, language, i18n]);
}
