import type { JSX } from 'react';
import { useState } from 'react';
import { isCause, type Cause } from '../../electron/shared/causes.ts';
import type { Answer } from '../client/call.ts';
import { call } from '../client/call.ts';
import { hasText } from '../i18n/has-text.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { vi } from '../i18n/vi.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';

type Failure = Exclude<Answer<'lobby/fetch'>, { ok: true }>;

const SCHEME = { scheme: 'https://' };
const { packageAddress } = vi;

/** Fetches a package from an address that is typed or scanned; what came is then shown like any other. */
export function AddressSheet(props: { onFetched: (id: string) => void; onClose: () => void }): JSX.Element {
  const { t } = useTexts();
  const [address, setAddress] = useState('');
  const [isFetching, setFetching] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const fetchIt = (): void => {
    setFetching(true);
    setFailure(null);
    void call('lobby/fetch', { address }).then((answer) => {
      setFetching(false);
      if (answer.ok) props.onFetched(answer.id);
      else setFailure(answer);
    });
  };
  return (
    <Sheet
      title={t('lobby.address.title')}
      onClose={props.onClose}
      actions={
        <>
          <Button onClick={props.onClose}>{t('common.cancel')}</Button>
          <Button tone="primary" icon="down" disabled={isFetching || address.trim() === ''} onClick={fetchIt}>
            {t(isFetching ? 'lobby.address.fetching' : 'lobby.address.fetch')}
          </Button>
        </>
      }
    >
      <div className="lobby-allow lobby-pin">
        <label>
          {t('lobby.address.label', SCHEME)}
          <input
            className="lobby-address-field"
            type="url"
            autoComplete="off"
            spellCheck={false}
            maxLength={2000}
            value={address}
            onChange={(event) => setAddress(event.currentTarget.value)}
          />
        </label>
        <p className="lobby-key">{t('lobby.address.hint')}</p>
      </div>
      <p className="lobby-failure" role="alert">
        {failure && <FailureText failure={failure} />}
      </p>
    </Sheet>
  );
}

function FailureText({ failure }: { failure: Failure }): string {
  const { t } = useTexts();
  switch (failure.error) {
    case 'not_reached':
      return isCause(failure.cause)
        ? `${t(saysOf(failure.cause))} ${t(nextOf(failure.cause))}`
        : t('lobby.failed.unreachable');
    case 'not_https':
    case 'not_a_package':
    case 'web_page':
      return t(`lobby.address.${failure.error}`, SCHEME);
    case 'invalid_input':
      return t('lobby.address.not_https', SCHEME);
    case 'busy':
    case 'unreachable':
      return t(`lobby.failed.${failure.error}`);
  }
}

function saysOf(cause: Cause) {
  return hasText(packageAddress.says, cause)
    ? (`packageAddress.says.${cause}` as const)
    : (`causes.says.${cause}` as const);
}

function nextOf(cause: Cause) {
  return hasText(packageAddress.next, cause)
    ? (`packageAddress.next.${cause}` as const)
    : (`causes.next.${cause}` as const);
}
