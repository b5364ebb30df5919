import type { Collector } from '../../diagnostic/diagnostic.ts';
import type { Document } from '../../json/document.ts';
import type { Member, Node } from '../../json/node.ts';
import { membersOf } from '../../json/node.ts';
import { serverlessResources, type Template, templateOf } from '../cloudformation/template.ts';

/**
 * The template in a Serverless service: the fragments under `resources`, put together. The Framework adds template
 * resources to it, so names may be declared that the file does not show.
 */
export function serverlessTemplate(
  document: Document,
  root: Node,
  _collector: Collector,
): Template | undefined {
  const fragments = serverlessResources(root);
  const sections = new Map<string, Member>();
  for (const { key, keySpan, value } of fragments.flatMap(membersOf)) {
    const known = sections.get(key)?.value;
    const merged =
      known?.kind === 'object' && value.kind === 'object'
        ? { ...known, members: [...known.members, ...value.members] }
        : value;
    sections.set(key, { key, keySpan, value: merged });
  }
  if (!sections.has('Resources')) {
    const value: Node = { kind: 'object', span: root.span, members: [] };
    sections.set('Resources', { key: 'Resources', keySpan: root.span, value });
  }
  const merged: Node = { kind: 'object', span: root.span, members: [...sections.values()] };
  return templateOf(document, merged, document.path, true);
}
