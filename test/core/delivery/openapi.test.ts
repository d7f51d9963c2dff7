import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { compactDecrypt, compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import { parse } from 'yaml';
import { z } from 'zod';
import { expect, test } from 'vitest';
import { JOSE_TYPE, Receipt, ReportReturn, SessionReport } from '../../../electron/contract/report.ts';
import { SittingStatement } from '../../../electron/contract/sitting.ts';
import { askSitting, contentDigest, sendOnce } from '../../../electron/core/delivery/province-client.ts';
import { verifyReceipt, verifyReturn, verifySittingStatement } from '../../../electron/core/delivery/receipts.ts';
import { toReport1 } from '../../../electron/core/report/report-formats.ts';
import { openSealedReport } from '../../../electron/core/report/seal.ts';
import { createFaults } from '../../support/province-faults.ts';
import { makeDevice, withProvince } from '../../support/province.ts';
import { REPORT_SCHEMAS } from '../../support/report-schema.ts';
import { correctedBy, uuidV7 } from '../../support/sample-report.ts';

type Json = Record<string, any>;
const Vectors = z.object({
  reportPrivateJwk: z.object({ kty: z.literal('OKP'), crv: z.string(), x: z.string(), d: z.string() }),
  receiptPublicJwk: z.object({ kty: z.literal('OKP'), crv: z.string(), x: z.string() }),
  reportId: z.string(),
  revision: z.int(),
  sealed: z.string(),
  sha256: z.string(),
  contentDigest: z.string(),
  payloadSha256: z.string(),
  receipt: z.string(),
  returnNotice: z.string(),
  sittingStatement: z.string(),
});
const readVectors = (file: string): Json =>
  JSON.parse(readFileSync(path.join(import.meta.dirname, '../../fixtures', file), 'utf8')) as Json;
const FILE = path.join(import.meta.dirname, '../../../electron/core/delivery/province-api.openapi.yaml');
const api = parse(readFileSync(FILE, 'utf8')) as Json;
const PUT = '/v1/reports/{reportId}/revisions/{revision}';
const STATUS = '/v1/reports/{reportId}/status';
const SITTING = '/v1/conferences/{conferenceId}/sittings/{sittingId}';

const ajv = new Ajv2020({ strict: false });
// Typed as a CommonJS module; Node gives the function itself.
(addFormats as unknown as (to: Ajv2020) => void)(ajv);
for (const { file } of REPORT_SCHEMAS)
  ajv.addSchema(JSON.parse(readFileSync(file, 'utf8')), `https://intake.example/${path.basename(file)}`);
ajv.addSchema({ ...api, $id: 'https://intake.example/api' }, undefined, undefined, false);

/** The thing a local `$ref` names; anything else as it is. */
function resolve(node: Json): Json {
  const ref = node['$ref'];
  if (typeof ref !== 'string' || !ref.startsWith('#/')) return node;
  return resolve(
    ref
      .slice(2)
      .split('/')
      .reduce<Json>((at, key) => at[key.replaceAll('~1', '/')], api),
  );
}

const validators = new Map<string, ValidateFunction>();
function validate(schema: Json, value: unknown): string[] {
  const key = JSON.stringify(schema);
  const found = validators.get(key) ?? ajv.compile(absolute(schema));
  validators.set(key, found);
  return found(value) ? [] : (found.errors ?? []).map((e) => `${e.instancePath} ${e.message}`);
}
const absolute = (schema: Json): Json =>
  JSON.parse(
    JSON.stringify(schema)
      .replaceAll('"$ref":"#/', '"$ref":"https://intake.example/api#/')
      .replaceAll('"$ref":"./', '"$ref":"https://intake.example/'),
  );
const component = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });

/** What an answer breaks of its documented response; nothing when it keeps to it. */
function faultsOf(route: string, method: string, answer: { status: number; headers: Headers; body: string }): string[] {
  const documented = api['paths'][route][method]['responses'][String(answer.status)];
  if (!documented) return [`${method} ${route} ${answer.status} is not documented`];
  const response = resolve(documented);
  const faults: string[] = [];
  for (const [name, header] of Object.entries<Json>(response['headers'] ?? {})) {
    const value = answer.headers.get(name);
    const { required, schema } = resolve(header);
    if (value === null && required) faults.push(`${name} is missing`);
    if (value !== null) faults.push(...validate(schema, value));
  }
  const type = answer.headers.get('content-type');
  if (!response['content'])
    return answer.body && type === 'application/problem+json' ? [...faults, 'a body that is not documented'] : faults;
  const media = response['content'][type ?? ''];
  if (!media) return [...faults, `content type ${type} is not documented`];
  return [...faults, ...validate(media.schema, type === 'application/jose' ? answer.body : JSON.parse(answer.body))];
}

test.each(REPORT_SCHEMAS)(
  'a published report schema is the one that the kiosk uses (after a change: node test/support/report-schema.ts) ($#)',
  ({ file, schema }) => {
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
  },
);

test('every reference in the interface resolves and every example fits its schema', () => {
  let examples = 0;
  const walk = (node: unknown, at: string): void => {
    if (Array.isArray(node)) return node.forEach((n, i) => walk(n, `${at}/${i}`));
    if (node === null || typeof node !== 'object') return;
    const json = node as Json;
    if (typeof json['$ref'] === 'string' && json['$ref'].startsWith('#/')) expect(resolve(json)).toBeTypeOf('object');
    if (json['schema'] && ('example' in json || 'examples' in json)) {
      const given =
        'example' in json ? [json['example']] : Object.values<Json>(json['examples']).map((e) => e['value']);
      for (const value of given) {
        expect({ at, faults: validate(json['schema'], value) }).toEqual({ at, faults: [] });
        examples += 1;
      }
    }
    for (const [key, child] of Object.entries(json)) walk(child, `${at}/${key}`);
  };
  walk(api, '');
  expect(examples).toBeGreaterThan(15);
});

test('receipt, return notice and statement in the interface say what the kiosk checks', () => {
  for (const [name, schema] of [
    ['Receipt', Receipt],
    ['ReportReturn', ReportReturn],
    ['SittingStatement', SittingStatement],
  ] as const) {
    const published = api['components']['schemas'][name] as Json;
    const ours = z.toJSONSchema(schema) as Json;
    expect(Object.keys(published['properties'])).toEqual(Object.keys(ours['properties']));
    expect(published['required']).toEqual(ours['required']);
    expect(published['additionalProperties']).toBe(false);
  }
  const statement = {
    format: 'sitting-statement/1',
    conferenceId: 'hn-mau-2026',
    sittingId: 'sang-0702',
    state: 'finished',
    finishedAt: '2026-02-07T04:30:00.000Z',
    issuedAt: '2026-02-07T04:32:00.000Z',
  };
  const { finishedAt: _, ...open } = statement;
  for (const [value, fits] of [
    [statement, true],
    [{ ...open, state: 'live' }, true],
    [open, false],
    [{ ...statement, state: 'live' }, false],
    [{ ...statement, sittingId: 'sang 0702' }, false],
  ] as const) {
    expect({ value, fits: SittingStatement.safeParse(value).success }).toEqual({ value, fits });
    expect({ value, fits: validate(component('SittingStatement'), value).length === 0 }).toEqual({ value, fits });
  }
});

test.each([
  ['province-vectors.json', 1],
  ['province-vectors-2.json', 2],
])(
  'the worked example in %s opens with its keys, step by step and with the kiosk’s own code',
  async (file, version) => {
    const vectors = Vectors.parse(readVectors(file));
    expect(contentDigest(Buffer.from(vectors.sealed, 'ascii'))).toBe(vectors.contentDigest);
    const jwe = await compactDecrypt(vectors.sealed, await importJWK(vectors.reportPrivateJwk, 'ECDH-ES+A256KW'));
    expect(validate(component('JweHeader'), jwe.protectedHeader)).toEqual([]);
    const jws = Buffer.from(jwe.plaintext).toString('ascii');
    const header = decodeProtectedHeader(jws);
    expect(validate(component('ReportJwsHeader'), header)).toEqual([]);
    const { payload } = await compactVerify(jws, await importJWK(header['jwk'] as Json, 'EdDSA'));
    expect(validate(component('SessionReport'), JSON.parse(Buffer.from(payload).toString('utf8')))).toEqual([]);
    const opened = await openSealedReport(Buffer.from(vectors.sealed, 'ascii'), vectors.reportPrivateJwk, {
      expectTyp: JOSE_TYPE.report,
    });
    expect(opened).toMatchObject({
      ok: true,
      value: {
        payloadSha256: vectors.payloadSha256,
        report: { reportId: vectors.reportId, format: `session-report/${version}` },
      },
    });
    const keys = [vectors.receiptPublicJwk];
    expect(await verifyReceipt(vectors.receipt, vectors, keys)).toMatchObject({ ok: true });
    expect(await verifyReturn(vectors.returnNotice, vectors.reportId, keys)).toMatchObject({ ok: true });
    const { conference, sitting } = JSON.parse(Buffer.from(payload).toString('utf8')) as Json;
    const subject = { conferenceId: conference.id, sittingId: sitting.id, startsAt: Date.parse(sitting.startsAt) };
    expect(await verifySittingStatement(vectors.sittingStatement, subject, keys)).toMatchObject({ ok: true });
    for (const statement of [vectors.receipt, vectors.returnNotice, vectors.sittingStatement]) {
      expect(validate(component('StatementJwsHeader'), decodeProtectedHeader(statement))).toEqual([]);
    }
  },
);

test('the worked example stands there in clear in both formats, as the kiosk makes them', () => {
  const { report, asReport1 } = readVectors('province-vectors-2.json');
  expect(toReport1(SessionReport.parse(report))).toEqual(asReport1);
  for (const value of [report, asReport1]) expect(validate(component('SessionReport'), value)).toEqual([]);
  const { substituted: _, ...wrong } = report.totals;
  expect(validate(component('SessionReport'), { ...report, totals: wrong })).not.toEqual([]);
});

test('what the client sends is what the interface asks for', async () => {
  const seen: { method: string; url: string; headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('ascii');
      seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body });
      response.writeHead(503).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  await withProvince({}, async (bed) => {
    const { port } = server.address() as AddressInfo;
    const sealed = await bed.seal();
    await sendOnce({ ...bed.requestOf(sealed), endpoint: `http://127.0.0.1:${port}/bao-cao/` }, bed.client);
    const [sent] = seen;
    const operation = api['paths'][PUT]['put'] as Json;
    expect(sent?.method).toBe('PUT');
    expect(sent?.url).toBe(`/bao-cao/v1/reports/${sealed.reportId}/revisions/1`);
    expect(validate(resolve(api['paths'][PUT]['parameters'][0])['schema'], sealed.reportId)).toEqual([]);
    for (const parameter of operation['parameters'] as Json[]) {
      expect(validate(parameter['schema'], sent?.headers[String(parameter['name']).toLowerCase()])).toEqual([]);
    }
    const media = operation['requestBody']['content'][String(sent?.headers['content-type'])] as Json;
    expect(validate(media['schema'], sent?.body)).toEqual([]);
    expect(sent?.headers['content-digest']).toBe(contentDigest(sealed.bytes));
    const subject = { conferenceId: 'hn-2026', sittingId: 'sang', startsAt: 0 };
    await askSitting({ endpoint: `http://127.0.0.1:${port}/bao-cao/`, ...subject }, bed.client);
    expect(seen[1]).toMatchObject({ method: 'GET', url: '/bao-cao/v1/conferences/hn-2026/sittings/sang', body: '' });
    for (const [i, id] of ['hn-2026', 'sang'].entries())
      expect(validate(resolve(api['paths'][SITTING]['parameters'][i])['schema'], id)).toEqual([]);
  });
  server.closeAllConnections();
  server.close();
});

test('every status that the interface lists comes from the intake or its surroundings, as described, and no other', async () => {
  const reached = { [PUT]: new Set<string>(), [STATUS]: new Set<string>(), [SITTING]: new Set<string>() };
  let fault: 'busy' | 'unavailable' | null = null;
  await withProvince({ faults: createFaults(() => fault, { slowMs: 0 }), maxReportBytes: 64 * 1024 }, async (bed) => {
    const ask = async (method: 'put' | 'get', url: string, init: RequestInit = {}): Promise<number> => {
      const answer = await fetch(`${bed.endpoint}${url}`, {
        method: method.toUpperCase(),
        redirect: 'manual',
        ...init,
      });
      const route = url.startsWith('/v1/conferences/') ? SITTING : url.endsWith('/status') ? STATUS : PUT;
      const documentedMethod = route === PUT ? 'put' : 'get';
      const body = await answer.text();
      expect(faultsOf(route, documentedMethod, { status: answer.status, headers: answer.headers, body })).toEqual([]);
      reached[route].add(String(answer.status));
      return answer.status;
    };
    const put = (
      sealed: { reportId: string; revision: number; bytes: Uint8Array },
      headers: Record<string, string> = {},
    ) =>
      ask('put', `/v1/reports/${sealed.reportId}/revisions/${sealed.revision}`, {
        headers: { 'content-type': 'application/jose', 'content-digest': contentDigest(sealed.bytes), ...headers },
        body: Buffer.from(sealed.bytes),
      });
    const reportId = uuidV7();
    const amendment = correctedBy('b', 'a');
    const first = await bed.seal({}, { reportId });
    expect(await ask('get', `/v1/reports/${reportId}/status`)).toBe(404);
    expect(await put(first)).toBe(201);
    expect(await put(first)).toBe(200);
    expect(await ask('get', `/v1/reports/${reportId}/status`)).toBe(204);
    await bed.intake.askReturn(reportId, 'Đề nghị kiểm tra lại');
    expect(await ask('get', `/v1/reports/${reportId}/status`)).toBe(200);
    expect(await put(first, { 'content-digest': 'sha-256=:AAAA' })).toBe(400);
    expect(await put(await bed.seal({ remarks: 'x' }, { reportId }))).toBe(409);
    expect(await put(first, { 'content-type': 'text/plain' })).toBe(415);
    expect(await put({ reportId, revision: 3, bytes: Buffer.from('a.b.c.d.e') })).toBe(422);
    const stranger = makeDevice();
    Object.assign(bed.device, stranger);
    expect(await put(await bed.seal({ revision: 2, amendment }, { reportId, keyId: stranger.kid }))).toBe(403);
    expect(await put({ ...first, reportId: 'khong-phai-uuid' })).toBe(404);
    expect(await ask('put', `/v1/reports/${reportId}/status`)).toBe(405);
    expect(await ask('get', `/v1/reports/${reportId}/revisions/1`)).toBe(405);
    const huge = Buffer.alloc(64 * 1024 + 1, 0x41);
    expect(await put({ reportId, revision: 2, bytes: huge })).toBe(413);
    const sitting = '/v1/conferences/hn-2026/sittings/sang';
    expect(await ask('get', sitting)).toBe(404);
    for (const finishedAt of [null, Date.now()]) {
      bed.intake.holdSitting({ conferenceId: 'hn-2026', sittingId: 'sang', startsAt: 0, finishedAt });
      expect(await ask('get', sitting)).toBe(200);
    }
    expect(await ask('put', sitting)).toBe(405);
    fault = 'busy';
    expect(await put(first)).toBe(429);
    fault = 'unavailable';
    expect(await put(first)).toBe(503);
    fault = null;
    // The way to 507 is a store that fails; that it gives 507 is shown with the intake's own tests.
    reached[PUT].add('507');
    for (const route of [STATUS, SITTING] as const) reached[route].add('429').add('503');
  });
  expect([...reached[PUT]].sort()).toEqual(Object.keys(api['paths'][PUT]['put']['responses']).sort());
  for (const route of [STATUS, SITTING] as const)
    expect([...reached[route]].sort()).toEqual(Object.keys(api['paths'][route]['get']['responses']).sort());
});

test('control: the check of answers bites', () => {
  const headers = new Headers({ 'content-type': 'application/jose' });
  expect(faultsOf(PUT, 'put', { status: 418, headers, body: '' })).toHaveLength(1);
  expect(faultsOf(PUT, 'put', { status: 201, headers, body: '<html>' })).toHaveLength(1);
  expect(faultsOf(PUT, 'put', { status: 409, headers, body: 'a.b.c' })).toHaveLength(1);
  const problem = new Headers({ 'content-type': 'application/problem+json' });
  expect(faultsOf(PUT, 'put', { status: 405, headers: problem, body: '{"type":"x"}' }).length).toBeGreaterThan(1);
});
