import type { World } from '../../io/world.ts';
import { printPlace, type Span } from '../../json/document.ts';
import { codeFrame } from '../../report/code-frame.ts';
import { showJson } from '../../report/show-json.ts';
import { styleOf } from '../../report/style.ts';
import type { Satisfiable } from '../../schema/satisfiable.ts';
import type { Proof } from '../../sets/proof.ts';
import type { Reason } from '../../sets/verdict.ts';

type Screen = Pick<World, 'color' | 'columns'>;

/** Whether an event exists: the answer, the event or the reason, and the places that decide. */
export function printSatisfiable(
  verdict: Satisfiable,
  schema: string,
  pattern: string,
  screen: Screen,
): string {
  if (verdict.answer !== 'yes') {
    const none = `no event is valid under ${schema} and matches ${pattern}`;
    const head =
      verdict.answer === 'no'
        ? none
        : `not decided whether an event is valid under ${schema} and matches ${pattern}`;
    return lines(verdict.answer, head, reasonLines(verdict.reason, screen));
  }
  const notes = verdict.onlyWithDottedKeys
    ? [
        '',
        'only with a key that contains a dot and stands for nested fields, which the schema does not declare',
      ]
    : [];
  return lines('yes', `this event is valid under ${schema} and matches ${pattern}`, [
    ...indented(showJson(verdict.witness, width(screen))),
    ...notes,
  ]);
}

/** Whether one schema includes another. */
export function printProof(proof: Proof, sub: string, sup: string, screen: Screen): string {
  switch (proof.answer) {
    case 'yes':
      return lines('yes', `every value valid under ${sub} is valid under ${sup}`, []);
    case 'no':
      return lines('no', `this value is valid under ${sub} and not under ${sup}`, [
        ...indented(showJson(proof.counterexample, width(screen))),
        '',
        ...reasonLines(proof.reason, screen),
      ]);
    case 'unknown':
      return lines(
        'unknown',
        `not decided whether ${sup} includes ${sub}`,
        reasonLines(proof.reason, screen),
      );
  }
}

function lines(answer: string, head: string, rest: readonly string[]): string {
  return `${[`${answer}: ${head}`, '', ...rest].join('\n').trimEnd()}\n`;
}

function reasonLines({ text, places = [] }: Reason, screen: Screen): string[] {
  const frames = places.slice(0, 6).flatMap((place) => ['', ...frame(place, screen)]);
  return [text, ...frames];
}

function frame(place: Span, { color }: Screen): string[] {
  return [printPlace(place), ...codeFrame(place, undefined, styleOf(color))].map((line) => `  ${line}`);
}

function indented(text: string): string[] {
  return text.split('\n').map((line) => `  ${line}`);
}

function width({ columns }: Screen): number {
  return Math.max(40, columns - 4);
}
