import i18next from 'i18next';
import { useEffect } from 'react';
import type { UiLanguage } from './index.ts';

/** The language set for this PC, when the window opens and whenever the setting changes; in between people choose for themselves. */
export function useLanguageOfPc(language: UiLanguage | undefined): void {
  // Not by the hook of the texts: what that gives is another one after each change, and would bring the setting back at once.
  useEffect(() => {
    if (language !== undefined && i18next.language !== language) void i18next.changeLanguage(language);
  }, [language]);
}
