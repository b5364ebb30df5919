import { documentOf, type Span } from '../../../../json/document.ts';
import { parseEmbeddedJson } from '../../../../json/embedded.ts';
import { member, type Node } from '../../../../json/node.ts';
import { parseData } from '../../../../json/parse-data.ts';
import { textNode } from '../../../cloudformation/values.ts';
import { encodedNode, isEncoded, isOpen, textOfValue } from '../nodes.ts';
import type { Function } from './function.ts';

const jsondecode: Function = ([value], span) => {
  if (!value) return undefined;
  if (isEncoded(value)) return { ...value };
  return value.kind === 'string'
    ? parseEmbeddedJson(value).value && { ...parseEmbeddedJson(value).value!, span }
    : value;
};

const yamldecode: Function = ([value], span) => {
  if (value?.kind !== 'string' || isOpen(value)) return undefined;
  const read = parseData(documentOf(span.document.path, value.value)).value;
  return read && placed(read, span);
};

/** Every part at one place: that of the call which made it. */
function placed(node: Node, span: Span): Node {
  if (node.kind === 'array') return { ...node, span, items: node.items.map((item) => placed(item, span)) };
  if (node.kind !== 'object') return { ...node, span };
  const members = node.members.map((each) => ({ ...each, keySpan: span, value: placed(each.value, span) }));
  return { ...node, span, members };
}

const file: Function = ([path], span, names) => {
  const text = path && !isOpen(path) ? names.file(textOfValue(path) ?? '') : undefined;
  return text === undefined ? undefined : textNode(text, span);
};

const templatefile: Function = ([path, values], span, names) => {
  const text = path && !isOpen(path) ? names.file(textOfValue(path) ?? '') : undefined;
  if (text === undefined || /%\{/.test(text) || values?.kind !== 'object') return undefined;
  let known = true;
  const made = text.replace(/(?<!\$)\$\{\s*([^{}]*?)\s*\}/g, (_whole, name: string) => {
    const value = textOfValue(member(values, name)?.value);
    if (value === undefined) known = false;
    return value ?? '';
  });
  return known ? textNode(made.replaceAll('$${', '${'), span) : undefined;
};

/** https://developer.hashicorp.com/terraform/language/functions, under "Encoding functions" and "Filesystem functions" */
export const encodingFunctions: readonly (readonly [name: string, run: Function])[] = [
  ['jsonencode', ([value], span) => value && encodedNode({ ...value, span })],
  ['jsondecode', jsondecode],
  ['yamldecode', yamldecode],
  ['file', file],
  ['templatefile', templatefile],
];
