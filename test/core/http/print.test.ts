import { afterEach, expect, test, vi } from 'vitest';
import { createShellPrinter, PrintPages } from '../../../electron/core/http/print.ts';
import { withCore } from '../../support/with-core.ts';

afterEach(() => vi.useRealTimers());

test('a page to print is given out once, to nobody who does not know its path, and may reach nothing', async () => {
  await withCore({ people: 1 }, async ({ core, origin }) => {
    const path = core.pages.publish('<p>Báo cáo</p>');
    expect(path).toMatch(/^\/print\/[A-Za-z0-9_-]{43}$/);
    expect((await fetch(`${origin}/print/${'A'.repeat(43)}`)).status).toBe(404);
    const wrongHost = await fetch(`http://localhost:${core.port}${path}`).catch(() => null);
    expect(wrongHost === null || wrongHost.status === 421).toBe(true);
    const first = await fetch(`${origin}${path}`);
    expect(await first.text()).toBe('<p>Báo cáo</p>');
    expect(first.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(first.headers.get('cache-control')).toBe('no-store');
    expect((await fetch(`${origin}${path}`)).status).toBe(404);
  });
});

test('a page nobody fetched is gone after a minute, and one withdrawn at once', async () => {
  vi.useFakeTimers();
  const pages = new PrintPages();
  const routes = pages.createRoutes();
  const ask = async (path: string) => (await routes.request(path.slice('/print'.length))).status;
  const [late, kept, withdrawn] = [pages.publish('a'), pages.publish('b'), pages.publish('c')];
  pages.withdraw(withdrawn);
  expect(await ask(withdrawn)).toBe(404);
  vi.advanceTimersByTime(59_000);
  expect(await ask(kept)).toBe(200);
  vi.advanceTimersByTime(1_000);
  expect(await ask(late)).toBe(404);
});

test('the shell’s answers find their requests in any order; an answer to nothing is ignored', async () => {
  const sent: { id: string; path: string }[] = [];
  const printer = createShellPrinter({ send: (message) => void sent.push(message) });
  const one = printer.print('/print/one');
  const two = printer.print('/print/two');
  printer.printed({ id: 'nobody', pdf: '' });
  printer.printed({ id: sent[1]!.id, pdf: Buffer.from('%PDF-2').toString('base64') });
  printer.printed({ id: sent[0]!.id, error: 'no paper' });
  expect(await one).toEqual({ ok: false, error: 'print_failed', detail: 'no paper' });
  const second = await two;
  expect(second.ok && Buffer.from(second.value).toString()).toBe('%PDF-2');
});

test('a shell that never answers is given up after the time, and a stop answers what waits', async () => {
  const printer = createShellPrinter({ send: () => undefined, waitMs: 30 });
  expect(await printer.print('/print/x')).toMatchObject({ ok: false, error: 'print_timeout' });
  const waiting = printer.print('/print/y');
  printer.stop();
  expect(await waiting).toMatchObject({ ok: false, error: 'print_failed' });
});
