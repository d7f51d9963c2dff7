import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '../i18n/index.ts';
import './language-switch.css';

/** Two keys, VI and EN. */
export function LanguageSwitch(): JSX.Element {
  const { t, i18n } = useTranslation();
  return (
    <fieldset className="language-switch" aria-label={t('language.choose')}>
      {LANGUAGES.map((language) => (
        <button
          key={language}
          type="button"
          aria-pressed={i18n.language === language}
          onClick={() => void i18n.changeLanguage(language)}
        >
          {language.toUpperCase()}
          <span className="visually-hidden"> {t(`language.${language}`)}</span>
        </button>
      ))}
    </fieldset>
  );
}
