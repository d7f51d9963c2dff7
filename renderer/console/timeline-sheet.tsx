import type { JSX } from 'react';
import { useCallback } from 'react';
import type { TimelineEntry } from '../../electron/contract/api-timeline.ts';
import { sayEntry } from '../../electron/shared/timeline/say-entry.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { formatTime } from '../ui/format.ts';
import { Sheet } from '../ui/sheet.tsx';
import { useLoaded } from '../ui/use-loaded.ts';

/** Everything that happened in a sitting, oldest first, each with what it rests on. `stamp` says that something moved. */
export function TimelineSheet(props: {
  sittingId: string;
  stamp: string;
  onSave: () => void;
  onPrint: () => void;
  onClose: () => void;
}): JSX.Element {
  const { t, language } = useTexts();
  const { sittingId } = props;
  const load = useCallback(async (): Promise<TimelineEntry[] | undefined> => {
    const answer = await call('console/report/timeline', { sittingId });
    return answer.ok ? answer.entries : undefined;
  }, [sittingId]);
  const { value } = useLoaded(load, props.stamp);
  return (
    <Sheet
      wide
      title={t('board.timeline.title')}
      onClose={props.onClose}
      actions={
        <>
          <Button size="large" onClick={props.onClose}>
            {t('common.close')}
          </Button>
          <Button size="large" onClick={props.onPrint}>
            {t('print.open')}
          </Button>
          <Button size="large" tone="primary" icon="down" onClick={props.onSave}>
            {t('board.timeline.save')}
          </Button>
        </>
      }
    >
      {value?.length === 0 && <p>{t('board.timeline.none')}</p>}
      {value && value.length > 0 && (
        <table className="timeline">
          <thead>
            <tr>
              <th scope="col">{t('board.timeline.at')}</th>
              <th scope="col">{t('board.timeline.what')}</th>
              <th scope="col">{t('board.timeline.proof')}</th>
            </tr>
          </thead>
          <tbody>
            {value.map((entry) => {
              const { says, proof } = sayEntry(entry, language);
              return (
                <tr key={`${entry.at} ${entry.what} ${says}`}>
                  <td>{formatTime(entry.at, language)}</td>
                  <td>{says}</td>
                  <td>{proof}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Sheet>
  );
}
