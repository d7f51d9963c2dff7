import { z } from 'zod';
import { ENDPOINTS, type Path } from '../../electron/contract/endpoints.ts';
import { splitPath, urlOf } from '../../electron/shared/endpoint-url.ts';
import { withCore, type CoreWorld } from '../support/with-core.ts';
import type { CaseResult, Gate, OpenGate } from './gate.ts';
import { cpuMs, createDice, mutateText, mutateValue, type Dice } from './mutate.ts';

/** Of the processor: the PC of a test may be busy. */
const SLOW_MS = 1_000;
/** These lock the console, change what opens it, take a scrypt each, or write documents. */
const LEFT_OUT = new Set<string>(['console/lock', 'console/set-pin', 'console/unlock', 'console/report/save']);
const PATHS = (Object.keys(ENDPOINTS) as Path[]).filter((path) => !LEFT_OUT.has(path) && !path.startsWith('lobby/'));

export const fuzzApi: Gate = {
  name: 'fuzz-api',
  what: 'no request, however wrong, is answered 5xx or ends the core',
  cases: null,
  short: 2_000,
  open: ({ control }) => open(control),
};

async function open(control: boolean): Promise<OpenGate> {
  const opened = Promise.withResolvers<CoreWorld>();
  const closing = Promise.withResolvers<void>();
  const running = withCore({ people: 30 }, async (world) => {
    await unlock(world);
    opened.resolve(world);
    await closing.promise;
  });
  running.catch(opened.reject);
  const world = await opened.promise;
  return {
    tryCase: (number) => tryRequest(world, number, control),
    close: async () => {
      closing.resolve();
      await running;
    },
  };
}

async function unlock(world: CoreWorld): Promise<void> {
  await world.ask('console/unlock', { pin: '123456', role: 'technician' });
}

async function tryRequest(world: CoreWorld, number: number, control: boolean): Promise<CaseResult> {
  const dice = createDice(number + 1);
  const path = dice.pick(PATHS);
  const valid = makeInput(path, world, dice);
  const way = dice.int(10);
  const text = JSON.stringify(valid);
  const body = way < 3 ? text : way < 8 ? JSON.stringify(mutateValue(valid, dice)) : mutateText(text, dice);
  const origin = `http://127.0.0.1:${world.core.port}`;
  // As the control, an endpoint that reads without care.
  if (control && way >= 8) {
    try {
      JSON.parse(body);
    } catch (cause) {
      return { outcome: '500', wrong: `${path}: ${String(cause)}` };
    }
  }
  const began = process.cpuUsage();
  const answer = await world.core.api.app.request(`${origin}${urlOf(path)}`, {
    method: 'POST',
    headers: {
      host: `127.0.0.1:${world.core.port}`,
      authorization: `Bearer ${world.tokens[splitPath(path).window]}`,
      'content-type': 'application/json',
    },
    body,
  });
  const said = await answer.text();
  const tookMs = cpuMs(began);
  // Bringing the desk to the front locks the console, and behind a lock nothing would be tried.
  if (answer.status === 403) await unlock(world);
  const fault =
    answer.status >= 500 || /\n\s+at |node_modules/u.test(said)
      ? `${answer.status} ${said.slice(0, 200)} ${JSON.stringify(world.log.at(-1))}`
      : tookMs > SLOW_MS
        ? `took ${Math.round(tookMs)} ms`
        : null;
  const outcome =
    answer.status === 200 ? (said.includes('"ok":true') ? '200 done' : '200 refused by a rule') : String(answer.status);
  return { outcome, wrong: fault === null ? null : `${path} ${body.slice(0, 300)}: ${fault}` };
}

/** An input that the endpoint takes, mostly: by the names of its fields. */
function makeInput(path: Path, world: CoreWorld, dice: Dice): Record<string, unknown> {
  const schema: unknown = ENDPOINTS[path].input;
  const shape = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const sitting = world.core.hall.sitting;
  const person = dice.pick(world.document.roster!);
  const known: Record<string, unknown> = {
    sittingId: sitting?.id ?? 'hn-2026-thu/sang',
    personId: person.id,
    reportId: sitting?.reportId ?? '7f2c1a10-0000-4000-8000-000000000001',
    revision: 1,
    query: person.name.slice(0, 1 + dice.int(12)),
    method: dice.pick(['search', 'list', 'card', 'secretary']),
    raw: '001090000001|012345678|Nguyễn Văn Thử|01021990|Nam|Thôn A|10052021',
    text: 'Một dòng chữ',
    reason: 'Ốm có giấy',
    role: dice.pick(['stage', 'desk', 'console', 'technician']),
    name: person.name,
    position: 'Bí thư',
    kind: dice.pick(['walk_in', 'guest', 'supervisor', 'substitute']),
    unitId: null,
    title: 'Đầu giờ',
    counted: 20,
    by: 'Tổ kiểm tra',
    at: Date.now(),
    close: false,
    deviceId: 'default',
    label: 'Loa',
    author: 'Trần Thị Ví Dụ',
    fileId: '0'.repeat(16),
    seq: 1,
  };
  return Object.fromEntries(shape.flatMap((name) => (name in known && dice.int(12) > 0 ? [[name, known[name]]] : [])));
}
