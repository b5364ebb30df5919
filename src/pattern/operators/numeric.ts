import type { Node } from '../../json/node.ts';
import { patternNumber } from '../numbers.ts';
import type { Bound, NumericChoice } from '../pattern.ts';
import { describeNode, type Reading } from '../reading.ts';
import { defineOperator, quote } from './operator.ts';

type ListNode = Node & { readonly kind: 'array' };

const comparisons = new Set(['=', '<', '<=', '>', '>=']);

/** `[operator, number]` or `[">" or ">=", low, "<" or "<=", high]` with low below high. */
function readRange(list: ListNode, at: Reading): NumericChoice | undefined {
  const operator = readOperator(list, 0, at);
  if (operator === undefined) return undefined;
  const bound = readBound(list, 1, operator, at);
  if (!bound) return undefined;
  const { span } = list;
  if (operator === '=') return single(list, at, { kind: 'numeric', lower: bound, upper: bound, span });
  if (operator[0] === '<') return single(list, at, halfOpen({ kind: 'numeric', upper: bound, span }, at));
  if (list.items.length === 2) return halfOpen({ kind: 'numeric', lower: bound, span }, at);
  const upper = readUpper(list, at);
  if (!upper) return undefined;
  if (bound.value < upper.value) return { kind: 'numeric', lower: bound, upper, span };
  const problem = `no number is in this range: the lower bound ${bound.value} is not below the upper bound ${upper.value}`;
  return at.refuse(span, problem, 'Bottom must be less than top');
}

function readUpper(list: ListNode, at: Reading): Bound | undefined {
  const node = list.items[2]!;
  if (node.kind !== 'string') {
    const problem = `the second comparison of a range is "<" or "<=", not ${describeNode(node)}`;
    return at.refuse(node.span, problem, `Bad value in numeric range: ${shown(node)}`);
  }
  if (node.value !== '<' && node.value !== '<=') {
    const problem = `the second comparison of a range is "<" or "<=", not ${quote(node.value)}`;
    return at.refuse(node.span, problem, `Bad numeric range operator: ${node.value}`);
  }
  const upper = readBound(list, 3, node.value, at);
  const extra = list.items[4];
  if (!upper || !extra) return upper;
  return at.refuse(
    extra.span,
    'a range has a lower and an upper bound, nothing more',
    'Too many terms in numeric range expression',
  );
}

/** Beyond the greatest double there is nothing: Event Ruler crashes on such a range, which amounts to a refusal. */
function halfOpen(choice: NumericChoice, at: Reading): NumericChoice | undefined {
  const { lower, upper, span } = choice;
  if (lower?.value !== Number.MAX_VALUE && upper?.value !== -Number.MAX_VALUE) return choice;
  return at.refuse(span, 'no number lies beyond the greatest double', 'Bottom must be less than top');
}

function single(list: ListNode, at: Reading, choice: NumericChoice | undefined): NumericChoice | undefined {
  const extra = list.items[2];
  if (!extra) return choice;
  const operator = (list.items[0] as { value: string }).value;
  const problem =
    operator === '=' ? '"=" cannot be combined' : 'a range begins with its lower bound: [">", 0, "<", 10]';
  return at.refuse(extra.span, problem, 'Too many elements in numeric expression');
}

function readOperator(list: ListNode, index: number, at: Reading): string | undefined {
  const node = list.items[index];
  if (node?.kind !== 'string') {
    const problem = 'a numeric condition begins with a comparison: "=", "<", "<=", ">" or ">="';
    return at.refuse(
      node?.span ?? list.span,
      problem,
      `Invalid member in numeric match: ${node ? shown(node) : ']'}`,
    );
  }
  if (comparisons.has(node.value)) return node.value;
  const problem = `${quote(node.value)} is not a comparison; there are "=", "<", "<=", ">" and ">="`;
  return at.refuse(node.span, problem, `Unrecognized numeric range operator: ${node.value}`);
}

function readBound(list: ListNode, index: number, operator: string, at: Reading): Bound | undefined {
  const node = list.items[index];
  if (node?.kind !== 'number') {
    const found = node ? `not ${describeNode(node)}` : 'and the list ends here';
    const problem = `after "${operator}" stands a number, ${found}`;
    const name = operator === '=' ? 'equals' : operator;
    return at.refuse(node?.span ?? list.span, problem, `Value of ${name} must be numeric`);
  }
  const { value, comparable, raw } = patternNumber(node.raw, node.value);
  if (!comparable) return refuseNumber(node, raw, at);
  return { value, inclusive: operator.includes('=') };
}

/** A number that a comparison cannot hold: its digits do not survive as a double. */
export function refuseNumber(node: Node, raw: string, at: Reading): undefined {
  const problem = `${raw} cannot be compared as a number: it has more digits than a double keeps, or is too large`;
  return at.refuse(node.span, problem, `Cannot compare number : ${raw}`);
}

/** What the service's parser shows of a token. */
function shown(node: Node): string {
  if (node.kind === 'object') return '{';
  if (node.kind === 'array') return '[';
  if (node.kind === 'number') return node.raw;
  return node.kind === 'null' ? 'null' : String(node.value);
}

function accepts({ lower, upper }: NumericChoice, value: number): boolean {
  if (lower && !(lower.inclusive ? value >= lower.value : value > lower.value)) return false;
  return !upper || (upper.inclusive ? value <= upper.value : value < upper.value);
}

/** The bounds as the list they are written in. */
function parts({ lower, upper }: NumericChoice): (string | number)[] {
  if (lower && upper && lower.value === upper.value) return ['=', lower.value];
  return [
    ...(lower ? [lower.inclusive ? '>=' : '>', lower.value] : []),
    ...(upper ? [upper.inclusive ? '<=' : '<', upper.value] : []),
  ];
}

export const numeric = defineOperator<NumericChoice>({
  kind: 'numeric',
  read(argument, at) {
    if (argument.kind === 'array') return readRange(argument, at);
    const problem = `"numeric" takes a list such as [">", 0, "<=", 10], not ${describeNode(argument)}`;
    return at.refuse(argument.span, problem, 'Value of numeric must be an array.');
  },
  accepts: (choice, leaf) =>
    leaf.type === 'number' && leaf.number.comparable && accepts(choice, leaf.number.value),
  print: parts,
  describe(choice) {
    const [first, low, second, high] = parts(choice);
    return `a number ${first} ${low}${second === undefined ? '' : ` and ${second} ${high}`}`;
  },
});
