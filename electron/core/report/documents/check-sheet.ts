import type { CheckRun } from '../../../contract/checks.ts';
import { checkTexts, sayCheck } from '../../../shared/checks/say-check.ts';
import { CHECK_GROUPS, countGroup, groupOf, verdictOf, type CheckGroup } from '../../../shared/checks/verdict.ts';
import { asMarkup, html } from '../../../shared/markup.ts';
import type { DocumentFonts } from './fonts.ts';
import { formatDate, formatTime } from './format-vi.ts';
import { renderPage } from './page-style.ts';

/** What the sheet of the checks is made of. */
export interface CheckSheet {
  conference: string;
  venue: string;
  sitting: { title: string; startsAt: number };
  rehearsal: boolean;
  run: CheckRun;
}

const MARKS: Record<CheckGroup, string> = { green: '✓', aside: '–', yellow: '!', red: '✗' };

/** One page, also when everything is wrong: small type, and no margin to bind it in, because it hangs on a wall. */
const STYLE = `
@page{margin:13mm 14mm 15mm}
p{font-size:12pt;line-height:1.2}
.checks{margin:3pt 0 0}
.checks td,.checks th{font-size:10pt;line-height:1.12;padding:1.2pt 4pt;text-align:left;text-indent:0}
.checks td:first-child{text-align:center;font-weight:bold;width:7mm}
.checks td:nth-child(2){width:38mm;font-weight:bold}
.checks .step{font-style:italic}
.word{font-size:20pt;font-weight:bold;text-align:center;text-indent:0;margin:2pt 0 4pt}
`;

/** The newest run of the checks before the hour, for the wall beside the desk: what a person must do stands first. */
export function renderCheckSheetHtml(sheet: CheckSheet, { fonts }: { fonts: DocumentFonts }): string {
  const { run, sitting } = sheet;
  const placeOf = (outcome: CheckRun['outcomes'][number]) => CHECK_GROUPS.indexOf(groupOf(outcome));
  const outcomes = run.outcomes.toSorted((a, b) => placeOf(a) - placeOf(b));
  const texts = checkTexts('vi');
  const day = (ms: number): string => `${formatTime(ms)} ngày ${formatDate(ms)}`;
  const counts = CHECK_GROUPS.map((group) => ({ group, count: countGroup(outcomes, group) }))
    .filter(({ count }) => count > 0)
    .map(({ group, count }) => `${count} ${texts.state[group].toLowerCase()}`)
    .join(', ');
  const body = html`<style>
      ${asMarkup(STYLE)}
    </style>
    <p class="centre bold upper">Kiểm tra trước giờ</p>
    <p class="centre italic">${sheet.conference}</p>
    <p class="centre">${sheet.venue}</p>
    <p class="centre">${sitting.title}, ${day(sitting.startsAt)}</p>
    <p class="word upper">${texts.verdict[verdictOf(outcomes)]}</p>
    <p class="centre">${counts}. Kiểm tra lúc ${day(run.finishedAt)} (${texts.occasion[run.occasion]}).</p>
    <table class="checks">
      <tbody>
        ${outcomes.map((outcome) => {
          const { title, says, next } = sayCheck(outcome, 'vi');
          return html`<tr>
            <td>${MARKS[groupOf(outcome)]}</td>
            <td>${title}</td>
            <td>${says}${next !== null && html` <span class="step">→ ${next}</span>`}</td>
          </tr>`;
        })}
      </tbody>
    </table>`;
  return renderPage({
    title: 'Kiểm tra trước giờ',
    template: 'none',
    fonts,
    footer: `${sheet.venue} – kiểm tra trước giờ`,
    rehearsal: sheet.rehearsal,
    body,
  });
}
