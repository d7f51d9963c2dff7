import type { CheckRun } from '../contract/checks.ts';
import { checkTexts, sayCheck } from '../shared/checks/say-check.ts';
import { groupOf, verdictOf, type CheckGroup } from '../shared/checks/verdict.ts';
import type { Core } from './compose.ts';
import { stageOpened } from './stage-opened.ts';

/** Exit status of `--check`: nothing is red, or something is. Other numbers mean that no check was made. */
const CHECK_STATUS = { ready: 0, not_ready: 4 } as const;

const NOTHING =
  'Trên máy chưa có phiên họp nào để kiểm tra; hãy thêm --package TỆP. / No session to check; add --package FILE.\n';
const NOTHING_JSON = `${JSON.stringify({ format: 'kiosk-checks/1', verdict: 'no_session', checks: [] })}\n`;

const MARKS: Record<CheckGroup, string> = { green: 'OK ', aside: 'i  ', yellow: '!  ', red: 'X  ' };

/** Runs the checks once for the command line, when the stage is there to decode; `core` null: there is no session. Answers what is printed and the exit status. */
export async function checkOnce(
  core: Pick<Core, 'health' | 'hall'> | null,
  { json }: { json: boolean },
): Promise<{ text: string; exitStatus: number }> {
  if (!core) return { text: json ? NOTHING_JSON : NOTHING, exitStatus: CHECK_STATUS.not_ready };
  await stageOpened(core.hall);
  const run = await core.health.run('command');
  const exitStatus = verdictOf(run.outcomes) === 'not_ready' ? CHECK_STATUS.not_ready : CHECK_STATUS.ready;
  return { text: json ? toJson(run) : toLines(run), exitStatus };
}

/** For programs: codes and times, and the sentences in both languages. */
function toJson(run: CheckRun): string {
  const checks = run.outcomes.map((outcome) => ({
    ...outcome,
    group: groupOf(outcome),
    at: new Date(outcome.at).toISOString(),
    vi: sayCheck(outcome, 'vi'),
    en: sayCheck(outcome, 'en'),
  }));
  const [startedAt, finishedAt] = [run.startedAt, run.finishedAt].map((ms) => new Date(ms).toISOString());
  const { packageId, sittingId } = run;
  // The machine's part: nobody is waited for.
  const tookMs = run.finishedAt - run.startedAt;
  const verdict = verdictOf(run.outcomes);
  return `${JSON.stringify({ format: 'kiosk-checks/1', verdict, startedAt, finishedAt, tookMs, packageId, sittingId, checks }, null, 2)}\n`;
}

function toLines(run: CheckRun): string {
  const lines = run.outcomes.flatMap((outcome) => {
    const { title, says, next } = sayCheck(outcome, 'vi');
    return [`${MARKS[groupOf(outcome)]} ${title}: ${says}`, ...(next === null ? [] : [`     → ${next}`])];
  });
  return [...lines, '', checkTexts('vi').verdict[verdictOf(run.outcomes)].toUpperCase(), ''].join('\n');
}
