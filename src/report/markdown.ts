import type { CheckReport } from '../checks/report.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Severity } from '../diagnostic/severity.ts';
import type { Loop } from '../graph/loop.ts';
import { details, headline } from './details.ts';
import { loopsByFinding } from './loop-of.ts';
import { loopPicture } from './picture/loop-picture.ts';
import { printMermaid } from './picture/mermaid.ts';
import { fileOf, placeOf } from './place.ts';
import type { Reporter, ReportOptions } from './reporter.ts';
import { showJson } from './show-json.ts';

/** A comment on GitHub holds 65,536 characters; GitLab takes more. */
const MAX_LENGTH = 60_000;
const MAX_DETAILED = 20;
const MAX_DIAGRAMS = 5;

const marks: Readonly<Record<Severity, string>> = { error: '🔴', warning: '🟡', info: '🔵' };

/**
 * The report as a comment on a pull request: the verdict first, each finding folded away below its headline, loops as
 * Mermaid diagrams, which GitHub and GitLab draw. The first line lets a later run find its comment again.
 */
export const reportMarkdown: Reporter = (report, options) => {
  const blocks = ['<!-- busproof -->', heading(report), totals(report)];
  const shown = report.findings.filter(({ severity }) => options.verbose || severity !== 'info');
  const loopOf = loopsByFinding(report);
  let length = blocks.join('\n\n').length;
  let told = 0;
  let diagrams = 0;
  for (const diagnostic of shown.slice(0, MAX_DETAILED)) {
    const loop = diagrams < MAX_DIAGRAMS ? loopOf(diagnostic) : undefined;
    const block = findingBlock(diagnostic, loop, options);
    if (length + block.length > MAX_LENGTH) break;
    blocks.push(block);
    length += block.length + 2;
    told++;
    if (loop) diagrams++;
  }
  if (told < shown.length)
    blocks.push(`…and ${shown.length - told} more: run \`busproof check\` to see them.`);
  return `${blocks.join('\n\n')}\n`;
};

function heading({ counts }: CheckReport): string {
  const { error, warning } = counts.findings;
  if (error === 0 && warning === 0) return '### 🟢 Busproof: clean';
  const found = [plural(error, 'error'), plural(warning, 'warning')].filter((each) => !each.startsWith('0 '));
  return `### ${error > 0 ? marks.error : marks.warning} Busproof: ${found.join(', ')}`;
}

function totals({ counts, accepted }: CheckReport): string {
  const { loops, rules, eventTypes, findings } = counts;
  const verdicts = (['endless', 'possible', 'bounded', 'refuted'] as const)
    .filter((kind) => loops[kind] > 0)
    .map((kind) => `${loops[kind]} ${kind}`);
  return [
    `${plural(rules, 'rule')}, ${plural(eventTypes, 'event type')}.`,
    `Loops: ${verdicts.length === 0 ? 'none' : verdicts.join(', ')}.`,
    ...(findings.info > 0 ? [`${plural(findings.info, 'note')}.`] : []),
    ...(accepted.length > 0 ? [`${plural(accepted.length, 'finding')} accepted.`] : []),
  ].join(' ');
}

function findingBlock(diagnostic: Diagnostic, loop: Loop | undefined, options: ReportOptions): string {
  const { code, severity, witness, span } = diagnostic;
  const file = fileOf(diagnostic);
  const place = file === undefined ? '' : `${options.pathOf(file)}${span ? `:${placeOf(span).line}` : ''}`;
  const parts = [
    `<details><summary>${marks[severity]} <b>${html(code)}</b> ${html(headline(diagnostic))}</summary>`,
    ...(place === '' ? [] : [codeSpan(place)]),
    ...(loop ? [fenced('mermaid', printMermaid(loopPicture(loop)).trimEnd())] : []),
    details(diagnostic)
      .map((line) => `- ${plain(line)}`)
      .join('\n'),
    ...(witness === undefined
      ? []
      : [folded(loop ? 'this event goes round' : 'for example', fenced('json', showJson(witness, 90)))]),
    '</details>',
  ];
  return parts.filter(Boolean).join('\n\n');
}

function folded(summary: string, text: string): string {
  return `<details><summary>${summary}</summary>\n\n${text}\n\n</details>`;
}

/** A fence longer than any run of backticks inside. */
function fenced(language: string, text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

function codeSpan(text: string): string {
  const ticks = '`'.repeat(longestRun(text) + 1);
  const space = text.startsWith('`') || text.endsWith('`') ? ' ' : '';
  return `${ticks}${space}${text.replaceAll('\n', ' ')}${space}${ticks}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
}

/** Text that Markdown leaves as it is: no link, no emphasis. */
function plain(text: string): string {
  return html(text).replace(/[\\`*_{}[\]|~]/g, (mark) => `\\${mark}`);
}

/** Text that HTML leaves as it is, and that mentions nobody. */
function html(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\r\n]+/g, ' ')
    .replace(/(^|\W)@/g, '$1@<!-- -->');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
