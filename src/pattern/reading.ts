import { type Diagnostic, finding } from '../diagnostic/diagnostic.ts';
import type { Span } from '../json/document.ts';
import type { Member, Node } from '../json/node.ts';

/** One reading of a pattern: where the parts of it report what the service would refuse. */
export interface Reading {
  /**
   * The second reading, in which `$or` is the name of a field and `anything-but` knows fewer forms. Event Ruler
   * re-reads a pattern with its older compiler when its newer one refuses it.
   */
  readonly older: boolean;
  /** Notes a refusal at a place, in our words and in the service's; yields undefined so that it can be returned. */
  refuse(span: Span, problem: string, reason: string): undefined;
}

/** Collects the refusals of one reading, in the order of the text. */
export class Refusals implements Reading {
  readonly older: boolean;
  private readonly refusals: { span: Span; problem: string; reason: string }[] = [];

  constructor(older: boolean) {
    this.older = older;
  }

  get any(): boolean {
    return this.refusals.length > 0;
  }

  /** The sentence the service answers with: it stops at the first thing it refuses. */
  get reason(): string {
    return this.refusals[0]?.reason ?? '';
  }

  /** The first refusal, in our words. */
  get problem(): string {
    return this.refusals[0]?.problem ?? '';
  }

  refuse(span: Span, problem: string, reason: string): undefined {
    this.refusals.push({ span, problem, reason });
    return undefined;
  }

  /** As findings; the first carries the sentence of the service, which may come from another reading. */
  diagnostics(firstReason: string): Diagnostic[] {
    return this.refusals.map(({ span, problem }, i) => {
      const notes = i === 0 ? { notes: [`EventBridge answers: ${serviceMessage(firstReason)}`] } : {};
      return finding('pattern/invalid', { problem }, { span, ...notes });
    });
  }
}

/** The form in which PutRule and TestEventPattern report an InvalidEventPatternException. */
export function serviceMessage(reason: string): string {
  return `Event pattern is not valid. Reason: ${reason}`;
}

/** What a node is, for sentences: `a number`, `null`. */
export function describeNode(node: Node): string {
  switch (node.kind) {
    case 'object':
      return 'an object';
    case 'array':
      return 'a list';
    case 'boolean':
      return String(node.value);
    case 'null':
      return 'null';
    default:
      return `a ${node.kind}`;
  }
}

/** The text of a string argument; anything else is refused. */
export function readText(node: Node, operator: string, at: Reading): string | undefined {
  if (node.kind === 'string') return node.value;
  return at.refuse(
    node.span,
    `"${operator}" takes a string, not ${describeNode(node)}`,
    `${operator} match pattern must be a string`,
  );
}

/** The only member of an object of an operator; none or several are refused. */
export function onlyMember(node: Node & { kind: 'object' }, what: string, at: Reading): Member | undefined {
  const [first, second] = node.members;
  if (!first)
    return at.refuse(node.span, `${what} needs an operator, and this object is empty`, EMPTY[what] ?? '');
  if (second) return at.refuse(second.keySpan, `${what} takes one operator, and this is the second`, ONE_KEY);
  return first;
}

export const ONE_KEY = 'Only one key allowed in match expression';

const EMPTY: Readonly<Record<string, string>> = {
  prefix: 'Prefix expression name not found',
  suffix: 'Suffix expression name not found',
  'anything-but': 'Anything-But expression name not found',
};
