import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { fingerprint } from '../diagnostic/fingerprint.ts';
import type { Loop } from '../graph/loop.ts';
import { lostWords, mendWords } from '../graph/mended.ts';
import { loopWords } from '../graph/words.ts';
import type { Choice, MendPlan, Step } from '../mend/plan-mends.ts';
import { patch } from './diff.ts';
import { type Style, styleOf } from './style.ts';

/** What `busproof fix` tells: each loop, the edits that stop it, and what would be written. */
export function fixText(plan: MendPlan, { color, written }: { color: boolean; written: boolean }): string {
  const style = styleOf(color);
  const parts = plan.steps.map((step) => stepText(step, style));
  const patches = [...plan.files].map(([path, { before, after }]) =>
    colored(patch(path.replaceAll('\\', '/'), before, after), style),
  );
  return `${[...parts, ...patches, `${lastLine(plan, written)}\n`].join('\n')}`;
}

/** The fingerprint under which `busproof check` reports the loop. */
export function loopFingerprint({ id }: Loop): string {
  return fingerprint({ code: 'loop/endless', identity: id } as Diagnostic);
}

function stepText({ loop, choices, chosen, gone, analysis }: Step, style: Style): string {
  const lines = [
    `${style.bold(`endless  ${loopWords(loop.hops)}`)}  ${style.dim(`[${loopFingerprint(loop)}]`)}`,
  ];
  if (choices.length === 0) {
    lines.push('  no single edit that was tried stops it without opening another loop');
  }
  choices.forEach((choice, i) => {
    const { mend } = choice;
    const mark = choice === chosen ? style.green('→') : ' ';
    lines.push(`${mark} ${i + 1}. ${mendWords(mend, analysis.context)}`);
    const effect = mend.verdict === 'refuted' ? 'the loop is refuted' : 'the loop is bounded';
    lines.push(`     ${effect}${mend.route ? `, ${lostWords(mend)}` : ''}`);
    lines.push(...refusal(choice));
  });
  if (choices.length > 0 && !chosen)
    lines.push('  none of them is written by itself: choose one with --choice, or make it yourself');
  for (const other of gone) lines.push(`  it stops another loop, too: ${loopWords(other.hops)}`);
  return `${lines.join('\n')}\n`;
}

function refusal({ refused, mend }: Choice): string[] {
  if (refused === undefined) return [];
  const lines = [`     not written by busproof: ${refused}`];
  if (mend.field) {
    const [top, inner] = mend.field.path;
    const value = JSON.stringify(mend.field.value);
    lines.push(`     to paste: "${top}": ${inner === undefined ? value : `{ "${inner}": ${value} }`}`);
  }
  return lines;
}

function lastLine({ steps, files, left }: MendPlan, written: boolean): string {
  if (steps.length === 0)
    return left === 0 ? 'no endless loop' : `no endless loop was chosen; there ${are(left)}`;
  const names = [...files.keys()].join(', ');
  const rest =
    left === 0 ? 'no endless loop is left' : `${left} endless ${left === 1 ? 'loop is' : 'loops are'} left`;
  if (files.size === 0) return `nothing to write: ${rest}`;
  return written ? `written: ${names}; ${rest}` : `with this ${rest}; --write writes it to ${names}`;
}

function are(count: number): string {
  return count === 1 ? 'is 1' : `are ${count}`;
}

function colored(text: string, style: Style): string {
  return text
    .split('\n')
    .map((line) => {
      if (/^(---|\+\+\+) /.test(line)) return style.bold(line);
      if (line.startsWith('-')) return style.red(line);
      return line.startsWith('+') ? style.green(line) : line;
    })
    .join('\n');
}
