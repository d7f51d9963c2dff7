import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { CommonView } from '../../electron/contract/api.ts';
import type { UiLanguage } from './index.ts';

/** Texts of the current language, and how this event addresses people. */
export function useTexts(address: CommonView['address'] = 'dong_chi'): {
  t: TFunction;
  you: string;
  /** How it addresses the whole hall. */
  all: string;
  language: UiLanguage;
} {
  const { t, i18n } = useTranslation();
  return {
    t,
    you: t(`address.${address}`),
    all: t(`addressAll.${address}`),
    language: i18n.language === 'en' ? 'en' : 'vi',
  };
}
