import { CompactSign, exportJWK, generateKeyPair } from 'jose';
import { generateKeyPairSync } from 'node:crypto';
import type { PublicJwk } from '../../electron/contract/common.ts';
import { JOSE_TYPE } from '../../electron/contract/report.ts';
import { classifyScan } from '../../electron/core/attendance/cards.ts';
import { askSitting, checkReturn, sendOnce } from '../../electron/core/delivery/province-client.ts';
import { verifyReceipt } from '../../electron/core/delivery/receipts.ts';
import type { TransportAnswer } from '../../electron/core/delivery/transport.ts';
import { readPackage } from '../../electron/core/provisioning/read-package.ts';
import { makePackage } from '../support/make-package.ts';
import type { CaseResult, Gate, OpenGate } from './gate.ts';
import { cpuMs, createDice, mutateText, mutateValue, type Dice } from './mutate.ts';

/** Of the processor: the PC of a test may be busy. */
const SLOW_MS = 1_000;
const RSS_MIB = 500;
const CARDS = [
  '001090000001|012345678|Nguyễn Văn Thử|01021990|Nam|Thôn A, Xã B, Huyện C, Tỉnh D|10052021',
  '001190000002||Trần Thị Ướm|03041990|Nữ|Tổ 5, Phường Đồng Tâm, Tỉnh Phú Thọ|10052021||||',
  '001090000001|NGUYỄN VĂN THỬ|01021990|03021995|03021996|Đảng ủy phường X|19052025',
  'BP1|dc-01|0123456789BC',
];
const SUBJECT = { reportId: '7f2c1a10-0000-4000-8000-000000000001', revision: 1, sha256: 'a'.repeat(64) };
const RECEIPT = {
  format: 'report-receipt/1',
  ...SUBJECT,
  serial: 'BN-000001',
  receivedAt: '2026-02-07T05:00:00.000Z',
};

export const fuzz: Gate = {
  name: 'fuzz',
  what: 'no changed package, card, receipt or answer of the province throws, takes long, or passes for a real one',
  cases: null,
  short: 3_000,
  open: ({ control }) => open(control),
};

async function open(control: boolean): Promise<OpenGate> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  const key = (await exportJWK(publicKey)) as PublicJwk;
  const sign = async (payload: unknown, typ: string) =>
    new CompactSign(Buffer.from(JSON.stringify(payload))).setProtectedHeader({ alg: 'EdDSA', typ }).sign(privateKey);
  const receipt = await sign(RECEIPT, JOSE_TYPE.receipt);
  const reportKey = generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' }) as PublicJwk;
  const document = makePackage({ keys: { receiptPublicJwk: key, reportPublicJwk: reportKey } }, 'http://127.0.0.1:1', {
    people: 3,
    now: Date.UTC(2026, 1, 7),
  });
  const text = JSON.stringify(document, null, 1);

  const readChanged = async (dice: Dice): Promise<CaseResult> => {
    const value = dice.int(10) < 7;
    const changed = value ? JSON.stringify(mutateValue(document, dice)) : mutateText(text, dice);
    // As the control, a reader that lets errors out.
    if (control) JSON.parse(changed);
    const read = await readPackage(Buffer.from(changed), 'x.json', []);
    if (read.ok) return right('package: still a package');
    if (read.sentence.length > 800 || read.sentence.includes('\n')) return wrong('package: no plain sentence', changed);
    return right(read.field === null ? 'package: no JSON' : 'package: refused by a field');
  };
  const readCard = (dice: Dice): CaseResult => {
    const reading = classifyScan(mutateText(dice.pick(CARDS), dice), 'dc-01');
    return right(`card: ${reading.kind === 'unknown' ? 'unknown' : 'read'}`);
  };
  const readReceipt = async (dice: Dice): Promise<CaseResult> => {
    const kind = dice.int(3);
    // Other content under a true signature, or the signed text changed.
    const payload = mutateValue(RECEIPT, dice);
    const jws = kind === 0 ? await sign(payload, JOSE_TYPE.receipt) : mutateText(receipt, dice);
    const verified = await verifyReceipt(jws, SUBJECT, [key]);
    if (!verified.ok) return right(`receipt: ${verified.error}`);
    const { reportId, revision, sha256 } = verified.value;
    const isOurs = reportId === SUBJECT.reportId && revision === SUBJECT.revision && sha256 === SUBJECT.sha256;
    const isSigned = kind === 0 || bytesOf(jws) === bytesOf(receipt);
    return isOurs && isSigned ? right('receipt: the same receipt') : wrong('receipt: forged', jws);
  };
  const readAnswer = async (dice: Dice): Promise<CaseResult> => {
    const body = dice.pick([
      receipt,
      mutateText(receipt, dice),
      '',
      '<html></html>',
      '['.repeat(20_000),
      mutateText(text, dice).slice(0, 60_000),
    ]);
    const headers: Record<string, string> = {
      'retry-after': dice.pick([
        '-1',
        '1e9',
        'Tue, 99 Foo',
        '',
        '999999999999999999999',
        'Fri, 31 Dec 9999 23:59:59 GMT',
      ]),
      'content-type': dice.pick(['application/jose', 'text/html', '\u0000', '']),
    };
    const answer: TransportAnswer = {
      ok: true,
      status: dice.pick([200, 201, 204, 302, 400, 401, 404, 407, 409, 413, 422, 429, 500, 503, 999, 0]),
      header: (name) => headers[name.toLowerCase()] ?? null,
      body: Buffer.from(body),
      truncated: dice.int(10) === 0,
    };
    const transport = { exchange: () => Promise.resolve(answer), close: () => Promise.resolve() };
    const deps = { transport, receiptKeys: [key], now: () => Date.UTC(2026, 1, 7) };
    const sent = await sendOnce({ endpoint: 'http://127.0.0.1:1/', bytes: new Uint8Array(1), ...SUBJECT }, deps);
    await checkReturn({ endpoint: 'http://127.0.0.1:1', reportId: SUBJECT.reportId }, deps);
    await askSitting({ endpoint: 'http://127.0.0.1:1', conferenceId: 'a', sittingId: 'b', startsAt: 0 }, deps);
    if (!sent.ok) return right(`answer: ${'failure' in sent ? sent.failure : 'stopped'}`);
    const isReceipt = bytesOf(body) === bytesOf(receipt) && (answer.status === 200 || answer.status === 201);
    return isReceipt ? right('answer: delivered') : wrong('answer: falsely delivered', body);
  };
  const kinds = [readChanged, readCard, readReceipt, readAnswer, readCard, readCard] as const;

  return {
    tryCase: async (number) => {
      const dice = createDice(number + 1);
      const began = process.cpuUsage();
      let result: CaseResult;
      try {
        result = await kinds[number % kinds.length]!(dice);
      } catch (cause) {
        return wrong('thrown', String(cause));
      }
      if (cpuMs(began) > SLOW_MS) return wrong('longer than a second', result.outcome);
      if (number % 1_000 === 0 && process.memoryUsage().rss > RSS_MIB * 2 ** 20) return wrong('too much memory', '');
      return result;
    },
    close: () => Promise.resolve(),
  };
}

const right = (outcome: string): CaseResult => ({ outcome, wrong: null });
const wrong = (outcome: string, input: string): CaseResult => ({
  outcome,
  wrong: `${outcome}: ${input.slice(0, 300)}`,
});

/** What a compact JWS says, whatever its spare bits are. */
function bytesOf(jws: string): string {
  return jws
    .trim()
    .split('.')
    .map((part) => Buffer.from(part, 'base64url').toString('base64'))
    .join('.');
}
