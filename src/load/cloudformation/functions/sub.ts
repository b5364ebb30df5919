import { member, type Node, type StringNode } from '../../../json/node.ts';
import { spanWithin, TextBuilder } from '../../../json/text-places.ts';
import { maxText, scalarText, unknownNode } from '../values.ts';
import type { Call, IntrinsicFunction } from './function.ts';

/** `${Name}`, `${Resource.Attribute}`; `${!Name}` is the literal `${Name}`. */
export const variable = /\$\{(!?)([^${}]*)\}/g;

export const sub: IntrinsicFunction = {
  key: 'Fn::Sub',
  evaluate(argument, call) {
    const [template, map] = argument.kind === 'array' ? argument.items : [argument];
    const text = template && call.resolve(template);
    if (text?.kind !== 'string') return unknownNode('Fn::Sub', call.span);
    return substitute(text, map, call);
  },
};

function substitute(template: StringNode, map: Node | undefined, call: Call): Node {
  const text = new TextBuilder();
  let end = 0;
  for (const match of template.value.matchAll(variable)) {
    const [written, literal, name] = match as unknown as [string, string, string];
    text.take(template, end, match.index);
    end = match.index + written.length;
    const filling = literal ? `\${${name}}` : valueOfVariable(name.trim(), map, call);
    text.put(filling, spanWithin(template, match.index, end));
    if (text.length > maxText) return unknownNode('a text too long', call.span);
  }
  text.take(template, end);
  return text.build(call.span);
}

function valueOfVariable(name: string, map: Node | undefined, call: Call): string {
  const given = member(map, name);
  const node = given ? call.resolve(given.value) : reference(name, call);
  return scalarText(node) ?? unknownNode(name, call.span).value;
}

function reference(name: string, call: Call): Node | undefined {
  const dot = name.indexOf('.');
  if (dot <= 0) return call.ref(name, call.span);
  return call.attribute(name.slice(0, dot), name.slice(dot + 1), call.span);
}
