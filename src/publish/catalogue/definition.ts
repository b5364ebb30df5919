import type { Document } from '../../json/document.ts';
import { parseEmbeddedJson } from '../../json/embedded.ts';
import { hasHole, hole } from '../../json/holes.ts';
import { membersOf, type Node, textOf } from '../../json/node.ts';
import { parseData } from '../../json/parse-data.ts';
import { scalarText } from '../../load/cloudformation/values.ts';
import type { TemplateResource } from '../../model/template-resource.ts';
import { property, propertyText } from '../inventory.ts';

/** Reads a file that a template names by a path relative to itself. */
export type ReadBeside = (from: Document, path: string) => Document | undefined;

/**
 * The definition of a state machine, from wherever the template has it: as an object, as text, or in a file beside
 * the template, with its substitutions made. Undefined when it is elsewhere or cannot be read.
 */
export function definitionOf(resource: TemplateResource, read: ReadBeside): Node | undefined {
  const given = property(resource, 'Definition') ?? property(resource, 'DefinitionString');
  const path = propertyText(resource, 'DefinitionUri');
  const node = given ? parsed(given) : path === undefined ? undefined : fromFile(resource, path, read);
  const substitutions = new Map(
    membersOf(property(resource, 'DefinitionSubstitutions')).flatMap(({ key, value }): [string, string][] => {
      const text = scalarText(value);
      return [[key, text ?? hole(`${resource.logicalId}.${key}`)]];
    }),
  );
  return node && (substitutions.size > 0 || !given ? substituted(node, substitutions) : node);
}

function parsed(node: Node): Node | undefined {
  if (node.kind === 'object') return node;
  return node.kind === 'string' ? parseEmbeddedJson(node).value : undefined;
}

function fromFile(resource: TemplateResource, path: string, read: ReadBeside): Node | undefined {
  if (hasHole(path) || /^(?:s3|https?):/.test(path)) return undefined;
  const document = read(resource.span.document, path);
  return document && parseData(document).value;
}

/** `${Name}` in every text; what nothing substitutes is not known. */
function substituted(node: Node, values: ReadonlyMap<string, string>): Node {
  switch (node.kind) {
    case 'string':
      return textOf(node)!.includes('${')
        ? {
            ...node,
            value: node.value.replace(
              /\$\{([\w:.-]+)\}/g,
              (_whole, key: string) => values.get(key) ?? hole(`substitution ${key}`),
            ),
          }
        : node;
    case 'array':
      return { ...node, items: node.items.map((item) => substituted(item, values)) };
    case 'object':
      return {
        ...node,
        members: node.members.map((each) => ({ ...each, value: substituted(each.value, values) })),
      };
    default:
      return node;
  }
}
