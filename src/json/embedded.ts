import { type Diagnostic, type Outcome, outcome } from '../diagnostic/diagnostic.ts';
import { type Document, documentOf, type Span } from './document.ts';
import type { Node, StringNode } from './node.ts';
import { type ParseJsonOptions, parseJson } from './parse-json.ts';
import { spanWithin } from './text-places.ts';

/**
 * Reads JSON that stands inside a string of another document. Every place in the tree and in the findings is one in
 * the outer document, at the character inside the string where that is known.
 */
export function parseEmbeddedJson(
  node: StringNode,
  options: ParseJsonOptions = {},
): Outcome<Node | undefined> {
  const inner = documentOf(node.span.document.path, node.value);
  const { value, diagnostics } = parseJson(inner, options);
  const move = (span: Span): Span =>
    span.document === inner ? spanWithin(node, span.start, span.end) : span;
  return outcome(
    value && moveNode(value, move),
    diagnostics.map((diagnostic) => moveDiagnostic(diagnostic, inner, move)),
  );
}

function moveDiagnostic(diagnostic: Diagnostic, inner: Document, move: (span: Span) => Span): Diagnostic {
  const { span } = diagnostic;
  return span?.document === inner ? { ...diagnostic, span: move(span) } : diagnostic;
}

function moveNode(node: Node, move: (span: Span) => Span): Node {
  const span = move(node.span);
  if (node.kind === 'array') return { ...node, span, items: node.items.map((item) => moveNode(item, move)) };
  if (node.kind !== 'object') return { ...node, span };
  const members = node.members.map(({ key, keySpan, value }) => ({
    key,
    keySpan: move(keySpan),
    value: moveNode(value, move),
  }));
  return { ...node, span, members };
}
