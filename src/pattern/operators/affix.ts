import type { Node } from '../../json/node.ts';
import { endsIgnoreCase, startsIgnoreCase } from '../fold.ts';
import type { AffixChoice } from '../pattern.ts';
import { onlyMember, type Reading, readText } from '../reading.ts';
import { defineOperator, quote } from './operator.ts';

const names = { prefix: 'Unsupported prefix pattern', suffix: 'Unsupported suffix pattern' } as const;

function read(kind: 'prefix' | 'suffix', argument: Node, at: Reading): AffixChoice | undefined {
  const { span } = argument;
  if (argument.kind !== 'object') {
    const value = readText(argument, kind, at);
    return value === undefined ? undefined : { kind, value, ignoreCase: false, span };
  }
  const inner = onlyMember(argument, kind, at);
  if (!inner) return undefined;
  if (inner.key !== 'equals-ignore-case') {
    const problem = `"${kind}" takes a string or {"equals-ignore-case": string}, not ${quote(inner.key)}`;
    return at.refuse(inner.keySpan, problem, `${names[kind]}: ${inner.key}`);
  }
  const value = readText(inner.value, 'equals-ignore-case', at);
  return value === undefined ? undefined : { kind, value, ignoreCase: true, span };
}

const print = ({ value, ignoreCase }: AffixChoice) => (ignoreCase ? { 'equals-ignore-case': value } : value);
const anyCase = ({ ignoreCase }: AffixChoice) => (ignoreCase ? ' in any case' : '');

export const prefix = defineOperator<AffixChoice>({
  kind: 'prefix',
  read: (argument, at) => read('prefix', argument, at),
  accepts: ({ value, ignoreCase }, leaf) =>
    leaf.type === 'string' &&
    (ignoreCase ? startsIgnoreCase(value, leaf.value) : leaf.value.startsWith(value)),
  print,
  describe: (choice) => `a string that starts with ${quote(choice.value)}${anyCase(choice)}`,
});

export const suffix = defineOperator<AffixChoice>({
  kind: 'suffix',
  read: (argument, at) => read('suffix', argument, at),
  accepts: ({ value, ignoreCase }, leaf) =>
    leaf.type === 'string' && (ignoreCase ? endsIgnoreCase(value, leaf.value) : leaf.value.endsWith(value)),
  print,
  describe: (choice) => `a string that ends with ${quote(choice.value)}${anyCase(choice)}`,
});
