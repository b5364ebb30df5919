import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import { namedOperators } from '../operators/operators.ts';
import type { Choice } from '../pattern.ts';
import type { Lint } from './lint.ts';

const names = [...namedOperators.keys()].join('|');
const WRITTEN_OUT = new RegExp(`^\\s*\\{?\\s*"?(${names})"?\\s*:\\s*(.*?)\\s*\\}?\\s*$`, 's');
const COMPARISON = /^\s*(=|<=?|>=?)\s*(-?[0-9]+(?:\.[0-9]+)?)\s*$/;

/** `"aws.*"`, `"> 5"`, `"prefix: a"`, `{"prefix": "a*"}`: compared character by character, stars and all. */
export const operatorInString: Lint = ({ conditions }) =>
  conditions.flatMap(({ choices }) =>
    choices.flatMap((choice) => textsOf(choice).flatMap(lookAlike(choice))),
  );

function textsOf(choice: Choice): readonly string[] {
  switch (choice.kind) {
    case 'string':
    case 'prefix':
    case 'suffix':
    case 'equals-ignore-case':
      return [choice.value];
    case 'anything-but':
      return choice.of.kind === 'numbers' || choice.of.kind === 'wildcard' ? [] : choice.of.values;
    default:
      return [];
  }
}

const lookAlike =
  (choice: Choice) =>
  (text: string): Diagnostic[] => {
    const meant = meantBy(choice, text);
    return meant ? [finding('pattern/operator-in-string', { text, meant }, { span: choice.span })] : [];
  };

function meantBy(choice: Choice, text: string): string | undefined {
  if (text.includes('*')) return starMeant(choice, text);
  if (choice.kind !== 'string') return undefined;
  const comparison = COMPARISON.exec(text);
  if (comparison) return `{"numeric": ["${comparison[1]}", ${comparison[2]}]}`;
  const written = WRITTEN_OUT.exec(text);
  return written ? `{"${written[1]}": ${quoted(written[2]!)}}` : undefined;
}

/** A star is a wildcard only in the operator of that name. */
function starMeant(choice: Choice, text: string): string {
  const wildcard = JSON.stringify(text.replaceAll(/\*{2,}/g, '*'));
  switch (choice.kind) {
    case 'prefix':
      return text.indexOf('*') === text.length - 1
        ? `{"prefix": ${JSON.stringify(text.slice(0, -1))}}`
        : `{"wildcard": ${JSON.stringify(text.replace(/\**$/, '*'))}}`;
    case 'suffix':
      return text.lastIndexOf('*') === 0
        ? `{"suffix": ${JSON.stringify(text.slice(1))}}`
        : `{"wildcard": ${JSON.stringify(text.replace(/^\**/, '*'))}}`;
    case 'anything-but':
      return `{"anything-but": {"wildcard": ${wildcard}}}`;
    default:
      return `{"wildcard": ${wildcard}}`;
  }
}

function quoted(text: string): string {
  return /^["[{]/.test(text) || /^(?:true|false)$/.test(text) ? text : JSON.stringify(text);
}
