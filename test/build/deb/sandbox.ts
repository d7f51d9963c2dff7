import type { UserProcess } from '../proof/user.ts';

/** What is wrong with the sandbox of a browser's processes, or facts when nothing is. */
export type SandboxFinding = { ok: true; facts: string } | { ok: false; why: string };

/**
 * Looks at all processes of one browser: none was started without the sandbox, and each renderer has a system call filter and is in a
 * user namespace of its own, or (with Chromium's set-user-id helper) in a process namespace of its own.
 */
export function judgeSandbox(
  processes: readonly UserProcess[],
  outside: { user: string; pid: string },
): SandboxFinding {
  const bare = processes.find((one) =>
    one.command.some((word) => /^--(?:no-sandbox|disable-setuid-sandbox)$/u.test(word)),
  );
  if (bare) return { ok: false, why: `process ${bare.pid} was started with --no-sandbox` };
  const renderers = processes.filter((one) => one.command.includes('--type=renderer'));
  if (renderers.length === 0) return { ok: false, why: 'there is no renderer' };
  const unfiltered = renderers.find((one) => one.seccomp !== 2);
  if (unfiltered)
    return { ok: false, why: `renderer ${unfiltered.pid} has seccomp mode ${unfiltered.seccomp} instead of 2` };
  const outsideOf = (one: UserProcess) => one.userNamespace === outside.user && one.pidNamespace === outside.pid;
  const open = renderers.find(outsideOf);
  if (open) return { ok: false, why: `renderer ${open.pid} is in no namespace of its own` };
  const own = renderers.every((one) => one.userNamespace !== outside.user) ? 'user' : 'process';
  return { ok: true, facts: `${renderers.length} renderers, seccomp mode 2, own ${own} namespace` };
}
