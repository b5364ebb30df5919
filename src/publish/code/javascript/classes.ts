import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type Reading, textAt } from '../syntax.ts';
import type { ClassCode, Expression } from '../tree.ts';
import { unquote } from './literals.ts';

/** The members of a class that hold or make values. */
export function classOf(node: SyntaxNode, reading: Reading): ClassCode {
  const children = childrenOf(node);
  const name = children.find((each) => each.name === 'VariableDefinition');
  const extending = children.findIndex((each) => each.name === 'extends');
  const body = children.find((each) => each.name === 'ClassBody');
  const methods: ClassCode['methods'][number][] = [];
  const fields: ClassCode['fields'][number][] = [];
  for (const each of body ? childrenOf(body) : []) {
    if (each.name !== 'MethodDeclaration' && each.name !== 'PropertyDeclaration') continue;
    const parts = childrenOf(each);
    const key = parts.find(({ name: kind }) => /^(?:Private)?PropertyDefinition$|^String$/.test(kind));
    if (!key) continue;
    const text = key.name === 'String' ? unquote(textAt(reading, key)) : textAt(reading, key);
    const shared = parts.some(({ name: kind }) => kind === 'static');
    if (each.name === 'MethodDeclaration') {
      const getter = parts.some(({ name: kind }) => kind === 'get');
      methods.push({ name: text, code: reading.function(each, text), getter, shared });
    } else {
      const equals = parts.findIndex(({ name: kind }) => kind === 'Equals');
      fields.push({
        name: text,
        value: equals < 0 ? undefined : reading.expression(parts[equals + 1]),
        shared,
      });
    }
  }
  const base: Expression | undefined =
    extending < 0 ? undefined : reading.expression(children[extending + 1]);
  return {
    name: name ? textAt(reading, name) : '',
    ...(base ? { base } : {}),
    methods,
    fields,
    at: node.from,
  };
}
