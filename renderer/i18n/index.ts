import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en.ts';
import { vi } from './vi.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof vi };
  }
}

export const LANGUAGES = ['vi', 'en'] as const;
export type UiLanguage = (typeof LANGUAGES)[number];

/** Readies the texts before the first drawing; Vietnamese unless somebody switches. React escapes, so i18next must not. */
export async function startTexts(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'vi',
    fallbackLng: 'vi',
    supportedLngs: LANGUAGES,
    resources: { vi: { translation: vi }, en: { translation: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
}
