import type { Span } from '../../json/document.ts';
import { hole, printHoles } from '../../json/holes.ts';
import type { Node, StringNode } from '../../json/node.ts';
import { spanWithin, TextBuilder } from '../../json/text-places.ts';
import { scalarText } from './values.ts';

const reference = /\{\{resolve:([a-z-]+):([^{}]*)\}\}/g;

/**
 * Replaces `{{resolve:ssm:/path:1}}` by the stored value where a loaded template declares it, otherwise, as for
 * every secret, by an unknown value of the same key. A version number behind an SSM path is left out.
 */
export function resolveReferences(
  node: StringNode,
  stored: (path: string, span: Span) => Node | undefined,
): StringNode {
  if (!node.value.includes('{{resolve:')) return node;
  const text = new TextBuilder();
  let end = 0;
  for (const match of node.value.matchAll(reference)) {
    const [written, service, rest] = match as unknown as [string, string, string];
    text.take(node, end, match.index);
    end = match.index + written.length;
    const path = service === 'secretsmanager' ? rest : rest.replace(/:[0-9]+$/, '');
    const value = service === 'ssm' ? scalarText(stored(path, node.span)) : undefined;
    text.put(value ?? hole(`${service}:${printHoles(path)}`), spanWithin(node, match.index, end));
  }
  text.take(node, end);
  return text.build(node.span);
}
