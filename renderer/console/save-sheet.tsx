import type { JSX } from 'react';
import { useState } from 'react';
import type { ConsoleOpenView } from '../../electron/contract/api.ts';
import type { DocumentKind } from '../../electron/contract/api-report.ts';
import { call, type Answer } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { Verdict } from '../ui/card.tsx';
import { formatSize } from '../ui/format.ts';
import { Sheet } from '../ui/sheet.tsx';
import { PlaceChooser, usePlaceName, usePlaces } from './place-chooser.tsx';

const SIGNED: readonly DocumentKind[] = ['pdf', 'docx', 'xlsx', 'csv', 'sealed'];

type Outcome = Answer<'console/report/save'>;

/** Which documents, where to, and whether each was read back as written. `revision` null offers what is made before the sitting. */
export function SaveSheet(props: {
  sittingId: string;
  revision: number | null;
  /** Only these, where something else is saved than the report or what is made before it. */
  only?: readonly DocumentKind[];
  open: ConsoleOpenView;
  onClose: () => void;
}): JSX.Element {
  const { t } = useTexts();
  const offered: readonly DocumentKind[] = props.only ?? (props.revision === null ? ['paper', 'badges'] : SIGNED);
  const [kinds, setKinds] = useState<readonly DocumentKind[]>(offered);
  const places = usePlaces();
  const { placeId } = places;
  const [busy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);

  const save = async (): Promise<void> => {
    if (placeId === null) return;
    setBusy(true);
    setOutcome(null);
    const { sittingId, revision } = props;
    setOutcome(
      await call('console/report/save', {
        sittingId,
        kinds: [...kinds],
        placeId,
        ...(revision === null ? {} : { revision }),
      }),
    );
    setBusy(false);
  };
  const done = outcome?.ok && outcome.files.every((file) => file.ok);
  return (
    <Sheet
      wide
      title={t('report.save.title')}
      onClose={props.onClose}
      actions={
        <>
          <Button size="large" disabled={busy} onClick={props.onClose}>
            {t('common.close')}
          </Button>
          {!done && (
            <Button
              size="large"
              tone="primary"
              disabled={busy || placeId === null || kinds.length === 0}
              onClick={() => void save()}
            >
              {t('report.save.do')}
            </Button>
          )}
        </>
      }
    >
      {outcome === null && (
        <div className="save-choices">
          <fieldset disabled={busy}>
            <legend>{t('report.save.what')}</legend>
            {offered.map((kind) => (
              <label key={kind} className="choice">
                <input
                  type="checkbox"
                  checked={kinds.includes(kind)}
                  onChange={(event) =>
                    setKinds(
                      event.target.checked
                        ? offered.filter((k) => k === kind || kinds.includes(k))
                        : kinds.filter((k) => k !== kind),
                    )
                  }
                />
                <span>
                  {t(`report.save.kind.${kind}`)}
                  {kind === 'sealed' && <small>{t('report.save.sealedHint')}</small>}
                </span>
              </label>
            ))}
          </fieldset>
          <PlaceChooser of={places} disabled={busy} />
        </div>
      )}
      <div aria-live="polite">
        {busy && (
          <Verdict tone="quiet">
            {t('report.save.saving', {
              done: props.open.saving?.done ?? 0,
              total: props.open.saving?.total ?? kinds.length,
            })}
          </Verdict>
        )}
        {outcome && <SaveOutcome outcome={outcome} />}
      </div>
      {outcome === null && !props.only && <p className="board-small">{t('report.save.personal')}</p>}
    </Sheet>
  );
}

function SaveOutcome({ outcome }: { outcome: Outcome }): JSX.Element {
  const { t, language } = useTexts();
  const nameOf = usePlaceName();
  if (!outcome.ok) {
    const code = outcome.error;
    return (
      <Verdict tone="bad">
        {code === 'unreachable'
          ? t('console.failed.unreachable')
          : code === 'locked' || code === 'invalid_input'
            ? t('console.failed.general')
            : t(`report.save.failed.${code}`)}
      </Verdict>
    );
  }
  const all = outcome.files.every((file) => file.ok);
  return (
    <div data-testid="save-outcome">
      {all && <Verdict tone="ok">{t('report.save.saved', { place: nameOf(outcome.place) })}</Verdict>}
      <ul className="save-files">
        {outcome.files.map((file) => (
          <li key={file.kind}>
            <strong>{t(`report.save.kind.${file.kind}`)}</strong>
            {file.ok ? (
              <span>
                {t('report.save.savedFile', {
                  file: file.file,
                  size: formatSize(file.sizeBytes, language),
                  sha: file.sha256Short,
                })}
              </span>
            ) : (
              <span className="save-failed">{t(`report.save.failed.${file.error}`)}</span>
            )}
          </li>
        ))}
      </ul>
      {all && outcome.place.kind === 'removable' && <p>{t('report.save.takeOut')}</p>}
    </div>
  );
}
