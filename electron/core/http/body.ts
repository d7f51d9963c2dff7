import { zValidator } from '@hono/zod-validator';
import type { z } from 'zod';

/** Checks a JSON body against the contract; a wrong one is answered with the name of the field, as plain data. */
export const body = <T extends z.ZodType>(schema: T) =>
  zValidator('json', schema, (result, c) => {
    if (result.success) return undefined;
    const field = result.error.issues[0]?.path.join('.') ?? '';
    return c.json({ ok: false as const, error: 'invalid_input' as const, field }, 400);
  });
