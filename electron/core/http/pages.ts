import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Hono } from 'hono';
import { WindowRole } from '../../contract/shell.ts';
import { contentPolicy } from './guard.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};

const POLICY = 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=()';
/** A browser names loudspeakers only to a page that may record; stage and console choose one. */
const POLICY_WITH_SOUND = POLICY.replace('microphone=()', 'microphone=(self), speaker-selection=(self)');

/**
 * The windows' pages and their files. What may be served is listed once at start; a request is looked up in that list,
 * never joined to a path.
 */
export function createPages(rendererDir: string): Hono {
  const files = new Map<string, string>();
  for (const role of WindowRole.options) {
    const page = path.join(rendererDir, role, 'index.html');
    if (existsSync(page)) files.set(`/${role}/`, page);
  }
  const assets = path.join(rendererDir, 'assets');
  const names = existsSync(assets) ? readdirSync(assets) : [];
  for (const name of names) {
    for (const prefix of ['', ...WindowRole.options.map((r) => `/${r}`)])
      files.set(`${prefix}/assets/${name}`, path.join(assets, name));
  }
  const app = new Hono();
  app.get('*', (c) => {
    const file = files.get(c.req.path);
    const type = file && TYPES[path.extname(file)];
    if (!file || !type) return c.notFound();
    const role = WindowRole.safeParse(c.req.path.split('/')[1]);
    c.header('content-type', type);
    c.header('x-content-type-options', 'nosniff');
    c.header('cross-origin-opener-policy', 'same-origin');
    c.header('cross-origin-resource-policy', 'same-origin');
    c.header('referrer-policy', 'no-referrer');
    c.header('permissions-policy', role.success && role.data !== 'desk' ? POLICY_WITH_SOUND : POLICY);
    if (type.startsWith('text/html')) {
      c.header('content-security-policy', contentPolicy(role.success ? role.data : 'desk'));
      c.header('cache-control', 'no-store');
    } else {
      // File names carry a hash of their content.
      c.header('cache-control', 'public, max-age=31536000, immutable');
    }
    return c.body(new Uint8Array(readFileSync(file)));
  });
  return app;
}
