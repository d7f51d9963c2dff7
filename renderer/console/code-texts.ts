import { hasText } from '../i18n/has-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { vi } from '../i18n/vi.ts';

const { alarms } = vi.console.stage;
const { lacks, failure } = vi.console.source;

/** Words for the core's codes; a code newer than this window is shown as it is rather than hidden. */
export function useCodeTexts(): {
  alarm: (code: string) => string;
  lack: (code: string) => string;
  failure: (code: string) => string;
} {
  const { t } = useTexts();
  return {
    alarm: (text) => {
      // What it is about may stand behind the code: the name of a disk.
      const [code = text, name = ''] = text.split(/:(.*)/su);
      return hasText(alarms, code) ? t(`console.stage.alarms.${code}`, { name }) : text;
    },
    failure: (code) => {
      const status = /^http (\d+)$/u.exec(code)?.[1];
      if (status !== undefined) return t('console.source.failure.status', { status });
      const known = code === 'earlier broadcast' ? 'old_broadcast' : hasText(failure, code) ? code : 'other';
      return known === 'status' ? t('console.source.failure.other') : t(`console.source.failure.${known}`);
    },
    lack: (code) => (hasText(lacks, code) ? t(`console.source.lacks.${code}`) : code),
  };
}
