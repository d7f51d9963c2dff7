import { createMiddleware } from 'hono/factory';
import type { ConsoleAccess } from '../access/console-access.ts';

/** Lets a command through only while the console is open; the command keeps it open. */
export function requireUnlocked(kiosk: { access: ConsoleAccess }) {
  return createMiddleware(async (c, next) => {
    if (kiosk.access.role === null) return c.json({ ok: false as const, error: 'locked' as const }, 403);
    kiosk.access.touch();
    await next();
    return undefined;
  });
}
