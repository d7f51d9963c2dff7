import type { RosterPersonView, RosterRowView, TemplatePlace } from '../../electron/contract/api-roster.ts';
import { hasText } from '../i18n/has-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { vi } from '../i18n/vi.ts';
import { formatCount } from '../ui/format.ts';

const words = vi.people;
type Params = Readonly<Record<string, string | number>>;

/** Words for what the core says about a roster; a code newer than this window is shown as it is. */
export function useRosterTexts() {
  const { t, language } = useTexts();
  return {
    t,
    language,
    count: (n: number): string => formatCount(n, language),
    fileFault: (code: string): string =>
      hasText(words.fileFault, code) ? t(`people.fileFault.${code}`) : t('people.fileFault.other', { code }),
    fault: (code: string): string => {
      if (hasText(words.rosterFault, code)) return t(`people.rosterFault.${code}`);
      return code === 'unreachable' ? t('people.fault.unreachable') : t('people.fault.other', { code });
    },
    warning: (code: string, params: Params): string =>
      hasText(words.warning, code)
        ? t(`people.warning.${code}`, {
            tail: '',
            text: '',
            name: '',
            row: '',
            code: '',
            column: '',
            unit: '',
            kinds: '',
            ...params,
          })
        : t('people.warning.other', { code }),
    field: (code: string): string => (hasText(words.field, code) ? t(`people.field.${code}`) : code),
    changed: (code: string): string => (hasText(words.changedField, code) ? t(`people.changedField.${code}`) : code),
    kind: (kind: RosterRowView['kind']): string => t(`people.rowKind.${kind}`),
    why: (why: string): string => (hasText(words.rowWhy, why) ? t(`people.rowWhy.${why}`) : why),
    place: ({ removable, volume, folder }: Omit<TemplatePlace, 'id'>): string =>
      removable ? t('people.roster.usb', { volume: volume ?? '' }) : t(`people.roster.folder.${folder ?? 'documents'}`),
    line: ({ name, birthYear, unit, position, numberTail }: RosterPersonView): string =>
      [
        name,
        birthYear,
        position,
        unit,
        numberTail === null ? null : t('people.roster.numberTail', { tail: numberTail }),
      ]
        .filter(Boolean)
        .join(' · '),
  };
}
