import type { Node } from '../../json/node.ts';
import type { WildcardChoice } from '../pattern.ts';
import { type Reading, readText } from '../reading.ts';
import { matchesWildcard, parseWildcard, printWildcard } from '../wildcard.ts';
import { exactText } from './exact.ts';
import { defineOperator, quote } from './operator.ts';

/** The parts of a wildcard argument, or a refusal; also used inside `anything-but`. */
export function readWildcard(
  argument: Node,
  at: Reading,
): { readonly value: string; readonly parts: readonly string[] } | undefined {
  const value = readText(argument, 'wildcard', at);
  if (value === undefined) return undefined;
  const parts = parseWildcard(value);
  if (!('reason' in parts)) return { value, parts };
  const problem = parts.reason.startsWith('Consecutive')
    ? 'two stars in a row are refused; one star already stands for any run of characters'
    : 'in a wildcard a backslash stands only before a star or a backslash (in JSON: "\\\\*", "\\\\\\\\")';
  return at.refuse(argument.span, problem, parts.reason);
}

export const wildcard = defineOperator<WildcardChoice>({
  kind: 'wildcard',
  read(argument, at) {
    const read = readWildcard(argument, at);
    return read && { kind: 'wildcard', ...read, span: argument.span };
  },
  accepts: ({ parts }, leaf) => leaf.type === 'string' && matchesWildcard(parts, leaf.value),
  print: ({ value }) => value,
  canonical: (choice) =>
    choice.parts.length === 1
      ? exactText(choice.parts[0]!, choice.span)
      : { ...choice, value: printWildcard(choice.parts) },
  describe: ({ value }) => `a string like ${quote(value)}`,
});
