import { documentOf } from '../../json/document.ts';
import type { Node } from '../../json/node.ts';
import { nodeOf, wholeSpan } from '../../json/node.ts';
import { parseJson } from '../../json/parse-json.ts';
import type { JsonValue } from '../../json/value.ts';

/** Members that hold JSON as text in the API's answers: shown as what they hold. */
const holdsJson: ReadonlySet<string> = new Set([
  'EventPattern',
  'Pattern',
  'Policy',
  'definition',
  'FilterPolicy',
  'RedrivePolicy',
]);

/** Deeper than this nothing is laid out; a member that is deeper stays a text. */
const maxDepth = 200;

/**
 * An answer as a document of its own, whose path is the ARN of what it describes: findings about what is deployed show
 * the ARN and the lines of the answer. JSON in texts is laid out, its numbers and repeated keys as they are.
 */
export function itemDocument(path: string, item: JsonValue): Node {
  const text = layOut(nodeOf(item, wholeSpan(documentOf(path, ''))), '', 0);
  const document = documentOf(path, text);
  return parseJson(document).value ?? nodeOf(item, wholeSpan(document));
}

function layOut(node: Node, indent: string, depth: number): string {
  const inner = `${indent}  `;
  switch (node.kind) {
    case 'object': {
      if (node.members.length === 0) return '{}';
      const members = node.members.map(({ key, value }) => {
        const held = holdsJson.has(key) && depth < maxDepth ? heldBy(value) : undefined;
        return `${inner}${JSON.stringify(key)}: ${layOut(held ?? value, inner, depth + 1)}`;
      });
      return `{\n${members.join(',\n')}\n${indent}}`;
    }
    case 'array': {
      const items = node.items.map((item) => layOut(item, inner, depth + 1));
      const short = items.join(', ');
      if (short.length + indent.length < 90 && !short.includes('\n')) return `[${short}]`;
      return `[\n${inner}${items.join(`,\n${inner}`)}\n${indent}]`;
    }
    case 'number':
      return node.raw;
    case 'null':
      return 'null';
    default:
      return JSON.stringify(node.value);
  }
}

/** What a text holds, if that is a JSON object. */
function heldBy(node: Node): Node | undefined {
  if (node.kind !== 'string' || !/^\s*\{/.test(node.value)) return undefined;
  const { value } = parseJson(documentOf('', node.value), { maxDepth });
  return value?.kind === 'object' ? value : undefined;
}
