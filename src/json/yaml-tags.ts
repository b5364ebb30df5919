import type { Span } from './document.ts';
import type { Node, ObjectNode } from './node.ts';

/** Short forms whose long form has no `Fn::` before it. */
const bare: ReadonlySet<string> = new Set(['Ref', 'Condition']);

/** CloudFormation's functions that have a short form in YAML, those of the language extensions included. */
const functions: ReadonlySet<string> = new Set([
  'And',
  'Base64',
  'Cidr',
  'Contains',
  'EachMemberEquals',
  'EachMemberIn',
  'Equals',
  'FindInMap',
  'GetAtt',
  'GetAZs',
  'GetStackOutput',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'RefAll',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
  'ValueOf',
  'ValueOfAll',
]);

/**
 * The long form of a tagged value: `!Sub x` becomes `{"Fn::Sub": x}`. Undefined when the tag is none of
 * CloudFormation's.
 */
export function longForm(tag: string, value: Node, tagSpan: Span, span: Span): ObjectNode | undefined {
  const name = tag.slice(1);
  const key = bare.has(name) ? name : functions.has(name) ? `Fn::${name}` : undefined;
  if (key === undefined) return undefined;
  const argument = key === 'Fn::GetAtt' ? attributePath(value) : value;
  return { kind: 'object', span, members: [{ key, keySpan: tagSpan, value: argument }] };
}

/** `!GetAtt Stack.Outputs.Arn` is `["Stack", "Outputs.Arn"]`: only the first dot divides. */
function attributePath(value: Node): Node {
  if (value.kind !== 'string') return value;
  const dot = value.value.indexOf('.');
  if (dot < 0) return value;
  const { span } = value;
  const items: Node[] = [
    { kind: 'string', span, value: value.value.slice(0, dot) },
    { kind: 'string', span, value: value.value.slice(dot + 1) },
  ];
  return { kind: 'array', span, items };
}
