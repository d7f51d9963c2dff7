import type { ClientDeps, SendRequest, TryOutcome } from '../../electron/core/delivery/province-client.ts';
import { contentDigest } from '../../electron/core/delivery/province-client.ts';

/**
 * The client without its receipt check: any 2xx is success. The positive control of the delivery tests: a run with it
 * must fail, or the run proves nothing.
 */
export async function sendNaively(request: SendRequest, deps: ClientDeps): Promise<TryOutcome> {
  const answer = await deps.transport.exchange({
    method: 'PUT',
    url: `${request.endpoint}/v1/reports/${request.reportId}/revisions/${request.revision}`,
    headers: { 'content-type': 'application/jose', 'content-digest': contentDigest(request.bytes) },
    body: request.bytes,
  });
  if (!answer.ok || answer.status < 200 || answer.status > 299) {
    return { ok: false, failure: 'unreachable', cause: null, httpStatus: null, retryAfterMs: null, detail: 'no 2xx' };
  }
  return {
    ok: true,
    httpStatus: 201,
    receiptJws: '',
    receipt: {
      format: 'report-receipt/1',
      reportId: request.reportId,
      revision: request.revision,
      sha256: request.sha256,
      receivedAt: new Date(deps.now()).toISOString(),
      serial: 'unchecked',
    },
  };
}
