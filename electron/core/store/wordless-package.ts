import { z } from 'zod';
import type { SessionPackage } from '../../contract/session-package.ts';
import { splitLogin } from '../../shared/proxy-login.ts';
import { UNREADABLE } from './free-texts.ts';

/**
 * What stands of a package in clear: what delivers its reports and verifies receipts, and times. No word that a person wrote, and no
 * address of a broadcast, which may carry a token, and no password of a proxy.
 */
export function withoutWords(document: SessionPackage): SessionPackage {
  return {
    format: document.format,
    packageId: document.packageId,
    issuedAt: document.issuedAt,
    conference: { id: document.conference.id, title: UNREADABLE },
    venue: { id: document.venue.id, name: UNREADABLE },
    sittings: document.sittings.map((plan) => ({ ...plan, title: UNREADABLE, topics: [], sources: [] })),
    playback: document.playback,
    roles: { supervisors: [] },
    units: [],
    delivery: withoutProxyLogin(document.delivery),
    keys: document.keys,
    privacy: { notice: UNREADABLE, retentionDays: document.privacy.retentionDays },
    document: { template: document.document.template, recipients: [] },
    access: {},
    address: document.address,
  };
}

function withoutProxyLogin(delivery: SessionPackage['delivery']): SessionPackage['delivery'] {
  return delivery.proxy === undefined ? delivery : { ...delivery, proxy: splitLogin(delivery.proxy).address };
}

const Clear = z.object({ delivery: z.object({ proxy: z.url() }) });

/** Whether what stands of a package in clear holds name or password for a proxy: older programs left them there. Never throws. */
export function showsProxyLogin(clear: string): boolean {
  try {
    return splitLogin(Clear.parse(JSON.parse(clear)).delivery.proxy).login !== null;
  } catch {
    // No proxy, or a text that is damaged: what counts of such a session is sealed.
    return false;
  }
}
