import { type Collector, type Diagnostic, finding } from '../diagnostic/diagnostic.ts';
import { parseEmbeddedJson } from '../json/embedded.ts';
import { hasHole } from '../json/holes.ts';
import type { Node } from '../json/node.ts';
import type { Filter } from '../model/route.ts';
import { parsePatternNode } from '../pattern/parse.ts';
import type { Alternative, Dialect, Pattern } from '../pattern/pattern.ts';
import { alternativesOf, isUnknownList } from './cloudformation/values.ts';

/**
 * Reads an event pattern: an object, or JSON text. A pattern of which a part other than a text is not known before
 * deployment is an unknown filter, and is said to be; one the service refuses is a finding at the place inside the
 * text, and unknown too.
 */
export function patternFilter(node: Node, where: string, dialect: Dialect, collector: Collector): Filter {
  const tree = patternTree(node, where, collector);
  if (!tree) return unknownFilter(node, where, 'it is no JSON object');
  const open = openPart(tree);
  if (open) return unresolved(open, where, collector);
  const { value, diagnostics } = parsePatternNode(tree, { dialect });
  // What is refused only because a hole stands where a number or an address belongs may be right once it is filled.
  const refusedHole = diagnostics.find((item) => item.severity === 'error' && coversHole(item, tree));
  if (refusedHole) return unresolved(tree, where, collector);
  collector.add(...diagnostics);
  if (!value) return unknownFilter(node, where, 'it is not valid');
  return { kind: 'pattern', pattern: value, node: tree, span: node.span };
}

/**
 * Several patterns of which one is enough, as event source mappings and pipes have them (at most five): one filter
 * with the alternatives of all. No patterns: everything passes.
 */
export function anyFilter(
  nodes: readonly Node[],
  where: string,
  dialect: Dialect,
  collector: Collector,
): Filter {
  const filters = nodes.map((node) => patternFilter(node, where, dialect, collector));
  const [first] = filters;
  if (!first) return { kind: 'everything' };
  const alternatives: Alternative[] = [];
  for (const filter of filters) {
    if (filter.kind !== 'pattern') return filter;
    alternatives.push(...filter.pattern.alternatives);
  }
  if (first.kind !== 'pattern') return first;
  const pattern: Pattern = { alternatives, span: first.span };
  return { ...first, pattern };
}

function patternTree(node: Node, where: string, collector: Collector): Node | undefined {
  if (node.kind === 'object') return node;
  if (node.kind !== 'string') {
    const params = { where, expected: 'an object or its JSON text', found: `a ${node.kind}` };
    collector.add(finding('template/shape', params, { span: node.span }));
    return undefined;
  }
  if (alternativesOf(node)) return node;
  const { value, diagnostics } = parseEmbeddedJson(node, { allowTrailing: true });
  if (value) return value;
  if (hasHole(node.value)) return node;
  collector.add(...diagnostics);
  return undefined;
}

/** The first part that is unknown as a whole where an object or a list must stand. */
function openPart(node: Node): Node | undefined {
  if (node.kind !== 'object') return node.kind === 'string' && hasHole(node.value) ? node : undefined;
  for (const { key, value } of node.members) {
    if (hasHole(key)) return value;
    const open = isUnknownList(value) ? undefined : openPart(value);
    if (open) return open;
  }
  return undefined;
}

function coversHole(diagnostic: Diagnostic, tree: Node): boolean {
  const { span } = diagnostic;
  if (!span) return false;
  return holesOf(tree).some((node) => {
    const { start, end } = node.span;
    return start < span.end && span.start < end;
  });
}

function holesOf(node: Node): Node[] {
  if (node.kind === 'array') return node.items.flatMap(holesOf);
  if (node.kind === 'object') return node.members.flatMap(({ value }) => holesOf(value));
  return node.kind === 'string' && hasHole(node.value) ? [node] : [];
}

function unresolved(part: Node, where: string, collector: Collector): Filter {
  const why = 'a part of it is decided at deployment';
  collector.add(finding('template/unresolved-pattern', { where }, { span: part.span }));
  return unknownFilter(part, where, why);
}

function unknownFilter(node: Node, where: string, why: string): Filter {
  return { kind: 'unknown', why: `${where} is not known: ${why}`, span: node.span };
}
