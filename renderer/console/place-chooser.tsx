import type { JSX } from 'react';
import { useCallback, useEffect, useState } from 'react';
import type { PlaceView } from '../../electron/contract/api-report.ts';
import { call } from '../client/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { Button } from '../ui/button.tsx';
import { formatSize } from '../ui/format.ts';

interface Places {
  /** Null while they are being looked for. */
  places: PlaceView[] | null;
  placeId: string | null;
  choose: (id: string) => void;
  lookAgain: () => void;
}

/** Where files can be saved now: sticks and the user's folders. The first that can be written to is chosen. */
export function usePlaces(): Places {
  const [places, setPlaces] = useState<PlaceView[] | null>(null);
  const [placeId, setPlaceId] = useState<string | null>(null);
  const listPlaces = useCallback(
    () =>
      call('console/report/places', {}).then((answer) => {
        const all = answer.ok ? answer.places : [];
        setPlaces(all);
        setPlaceId((before) => all.find((p) => p.id === before)?.id ?? all.find((p) => p.writable)?.id ?? null);
      }),
    [],
  );
  useEffect(() => void listPlaces(), [listPlaces]);
  return { places, placeId, choose: setPlaceId, lookAgain: () => void listPlaces() };
}

/** The places as a choice of one. */
export function PlaceChooser({ of, disabled }: { of: Places; disabled: boolean }): JSX.Element {
  const { t } = useTexts();
  return (
    <fieldset disabled={disabled}>
      <legend>{t('report.save.where')}</legend>
      {of.places?.map((place) => (
        <PlaceChoice
          key={place.id}
          place={place}
          chosen={place.id === of.placeId}
          onChoose={() => of.choose(place.id)}
        />
      ))}
      {of.places?.length === 0 && <p>{t('report.save.noPlaces')}</p>}
      <Button disabled={disabled} onClick={of.lookAgain}>
        {t('report.save.again')}
      </Button>
    </fieldset>
  );
}

function PlaceChoice(props: { place: PlaceView; chosen: boolean; onChoose: () => void }): JSX.Element {
  const { t, language } = useTexts();
  const { place } = props;
  const name = usePlaceName()(place);
  const room = place.freeBytes === null ? null : t('report.save.free', { size: formatSize(place.freeBytes, language) });
  return (
    <label className="choice">
      <input type="radio" name="place" checked={props.chosen} disabled={!place.writable} onChange={props.onChoose} />
      <span>
        {name}
        <small>{place.writable ? room : t('report.save.notWritable')}</small>
      </span>
    </label>
  );
}

/** What a folder is called on screen. */
export function usePlaceName(): (place: PlaceView) => string {
  const { t } = useTexts();
  return (place) =>
    place.folder
      ? t(`report.save.folder.${place.folder}`)
      : t(place.kind === 'drive' ? 'report.save.drive' : 'report.save.stick', { label: place.label ?? '' });
}
