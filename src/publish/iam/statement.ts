import type { Span } from '../../json/document.ts';
import { parseEmbeddedJson } from '../../json/embedded.ts';
import { hasHole } from '../../json/holes.ts';
import { member, membersOf, type Node } from '../../json/node.ts';
import { alternativesOf, possibleValues, scalarText } from '../../load/cloudformation/values.ts';

/** One statement of a policy, read so that what could not be read widens what it allows. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly actions: Words;
  readonly resources: Words;
  readonly conditions: readonly Condition[];
  /** Only in policies of template resources: who is meant; undefined for the policy of a role. */
  readonly principals?: readonly string[];
  /** Part of it is not known: a Deny like this is not counted on. */
  readonly vague: boolean;
  readonly span: Span;
}

/** `Action` or `NotAction`, `Resource` or `NotResource`. */
export interface Words {
  readonly not: boolean;
  readonly values: readonly string[];
}

/** One operator, key and list of values of a condition block: `StringLike`, `events:source`. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  /** Undefined: not known. */
  readonly values: readonly string[] | undefined;
}

const everything: Words = { not: false, values: ['*'] };

/** The statements of a policy document: an object, or JSON text. A document that is not known allows everything. */
export function statementsOf(document: Node | undefined): Statement[] {
  return possibleValues(document).flatMap((node): Statement[] => {
    if (node.kind === 'string' && !hasHole(node.value)) {
      const parsed = parseEmbeddedJson(node).value;
      return parsed?.kind === 'object' ? statementsOf(parsed) : [anything(node.span)];
    }
    if (node.kind !== 'object') return [anything(node.span)];
    return statementList(member(node, 'Statement')?.value);
  });
}

/** A `Statement` member: one statement or a list of them. Absent: none. */
export function statementList(node: Node | undefined): Statement[] {
  const statements = possibleValues(node).flatMap((value): Statement[] => {
    if (value.kind === 'array') return value.items.flatMap((item) => statementList(item));
    return value.kind === 'object' ? [statementOf(value)] : [anything(value.span)];
  });
  // What an undecided condition may leave out must not be counted on.
  return alternativesOf(node) ? statements.map((each) => ({ ...each, vague: true })) : statements;
}

export function anything(span: Span): Statement {
  return { effect: 'Allow', actions: everything, resources: everything, conditions: [], vague: true, span };
}

function statementOf(node: Node): Statement {
  const effect = scalarText(member(node, 'Effect')?.value);
  const actions = wordsOf(node, 'Action', 'NotAction');
  // A policy on a template resource, such as a bus, may leave out what it is about.
  const resources = wordsOf(node, 'Resource', 'NotResource');
  const conditions = conditionsOf(member(node, 'Condition')?.value);
  const principals = principalsOf(node);
  return {
    effect: effect === 'Deny' ? 'Deny' : 'Allow',
    actions: actions ?? everything,
    resources: resources ?? everything,
    conditions,
    ...(principals ? { principals } : {}),
    vague:
      (effect !== 'Allow' && effect !== 'Deny') ||
      actions === undefined ||
      resources === undefined ||
      conditions.some(({ values }) => values === undefined),
    span: node.span,
  };
}

/** Undefined: neither is there in a form that can be read. */
function wordsOf(node: Node, plain: string, negated: string): Words | undefined {
  for (const key of [plain, negated]) {
    const value = member(node, key)?.value;
    if (!value) continue;
    const values = textsOf(value);
    if (values && values.length > 0) return { not: key === negated, values };
    return undefined;
  }
  return undefined;
}

/** The texts of a scalar or a list of scalars, undecided choices included; undefined when one is none. */
export function textsOf(node: Node | undefined): string[] | undefined {
  const texts: string[] = [];
  for (const value of possibleValues(node)) {
    for (const item of value.kind === 'array'
      ? value.items.flatMap((each) => possibleValues(each))
      : [value]) {
      const text = scalarText(item);
      if (text === undefined) return undefined;
      texts.push(text);
    }
  }
  return texts;
}

function conditionsOf(node: Node | undefined): Condition[] {
  if (!node) return [];
  // Text with holes, or an undecided choice: nothing of it can be counted on.
  if (node.kind !== 'object') return [{ operator: '?', key: '?', values: undefined }];
  return membersOf(node).flatMap(({ key: operator, value }) =>
    value.kind === 'object'
      ? membersOf(value).map(({ key, value: values }) => ({
          operator,
          key: key.toLowerCase(),
          values: alternativesOf(values) ? undefined : textsOf(values),
        }))
      : [{ operator, key: '?', values: undefined }],
  );
}

function principalsOf(node: Node): string[] | undefined {
  const principal = member(node, 'Principal')?.value;
  if (!principal) return member(node, 'NotPrincipal') ? ['*'] : undefined;
  if (principal.kind !== 'object') return textsOf(principal) ?? ['*'];
  return principal.members.flatMap(({ key, value }) => (key === 'AWS' ? (textsOf(value) ?? ['*']) : []));
}
