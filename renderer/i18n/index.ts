import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { vi } from './vi.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof vi };
  }
}

export const LANGUAGES = ['vi', 'en'] as const;
export type UiLanguage = (typeof LANGUAGES)[number];

/** The words of one window. Each window carries its own alone: those of the console are many times those of the desk. */
export type WindowTexts = Record<UiLanguage, Readonly<Record<string, unknown>>>;

/** Readies the texts before the first drawing; Vietnamese unless somebody switches. React escapes, so i18next must not. */
export async function startTexts(texts: WindowTexts): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'vi',
    fallbackLng: 'vi',
    supportedLngs: LANGUAGES,
    resources: { vi: { translation: texts.vi }, en: { translation: texts.en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language;
  });
}
