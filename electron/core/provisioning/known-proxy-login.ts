import type { SessionPackage } from '../../contract/session-package.ts';
import { splitLogin } from '../../shared/proxy-login.ts';
import type { Store } from '../store/store.ts';

/** The package as it may stand in a file that anybody can read: without name and password for a proxy. */
export function withoutProxyLogin(document: SessionPackage): SessionPackage {
  const { delivery } = document;
  if (delivery.proxy === undefined) return document;
  return { ...document, delivery: { ...delivery, proxy: splitLogin(delivery.proxy).address } };
}

/**
 * A package that names a proxy without name and password, as one made on this PC does, goes on with those that the newest session in
 * the records has for that very proxy.
 */
export function withKnownProxyLogin(store: Store, document: SessionPackage): SessionPackage {
  const { proxy } = document.delivery;
  if (proxy === undefined || splitLogin(proxy).login !== null) return document;
  const address = new URL(proxy).href;
  const known = store.sessions
    .listSessions()
    .flatMap(({ document: { delivery } }) => delivery.proxy ?? [])
    .findLast((each) => {
      const { address: host, login } = splitLogin(each);
      return login !== null && new URL(host).href === address;
    });
  return known === undefined ? document : { ...document, delivery: { ...document.delivery, proxy: known } };
}
