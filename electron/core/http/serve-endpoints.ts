import { Hono, type Context } from 'hono';
import { z } from 'zod';
import { ENDPOINTS, type AnswerOf, type CheckedInputOf, type Path, type Refusal } from '../../contract/endpoints.ts';
import { urlOf } from '../../shared/endpoint-url.ts';
import type { Access } from '../access/access.ts';

/** One handler for each of these endpoints: a missing one, or an answer outside the table, does not compile. */
export type Handlers<P extends Path> = {
  [K in P]: (input: CheckedInputOf<K>) => AnswerOf<K> | Promise<AnswerOf<K>>;
};

type Handler = (input: unknown) => unknown;
type Invalid = Extract<Refusal<Path>, { error: 'invalid_input' }>;
type Locked = { ok: false; error: 'locked' };

const LOCKED: Locked = { ok: false, error: 'locked' };
const DESTROYED = { ok: false, error: 'data_destroyed' } as const;

/**
 * These endpoints of the table, as it says what goes in. `isDestroyed`: the personal data of the session was destroyed, so nothing may be
 * written into it any more; asked at each such request.
 */
export function createEndpointRoutes<P extends Path>(
  handlers: Handlers<P>,
  access: Pick<Access, 'role' | 'touch'>,
  isDestroyed: () => boolean = () => false,
): Hono {
  const app = new Hono();
  for (const path of Object.keys(handlers) as P[]) {
    const { input, ...rest } = ENDPOINTS[path];
    const needsOpenConsole = 'needs' in rest;
    const writes = 'writes' in rest;
    app.post(urlOf(path), async (c) => {
      if (needsOpenConsole) {
        if (access.role === null) return c.json(LOCKED, 403);
        access.touch();
      }
      const read = await readInput(c, input);
      if (!read.ok) return c.json(read, 400);
      if (writes && isDestroyed()) return c.json(DESTROYED, 409);
      const answer = await (handlers[path] as unknown as Handler)(read.input);
      return c.json(answer as object, isLocked(answer) ? 403 : 200);
    });
  }
  return app;
}

/** The JSON body checked against the contract; a wrong one is answered with the name of the field, as plain data. */
async function readInput(c: Context, schema: z.ZodType): Promise<{ ok: true; input: unknown } | Invalid> {
  const isJson = /^application\/json\b/iu.test(c.req.header('content-type') ?? '');
  const body = isJson ? parseJson(await c.req.text()) : undefined;
  const checked = schema.safeParse(body);
  if (checked.success) return { ok: true, input: checked.data };
  return { ok: false, error: 'invalid_input', field: checked.error.issues[0]?.path.join('.') ?? '' };
}

/** Half a character (a lone surrogate, written as an escape) has no bytes: what held one could be stored and never be sealed. */
function parseJson(text: string): unknown {
  try {
    const mayHoldHalf = /\\u[dD][89a-fA-F]/u.test(text);
    return JSON.parse(text, mayHoldHalf ? (_key, value) => wellFormed(value) : undefined);
  } catch {
    return undefined;
  }
}

function wellFormed(value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}

function isLocked(answer: unknown): boolean {
  return typeof answer === 'object' && answer !== null && 'error' in answer && answer.error === LOCKED.error;
}
