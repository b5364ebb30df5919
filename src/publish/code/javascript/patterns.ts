import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type Reading, splitAt, textAt, textExpression } from '../syntax.ts';
import type { Expression, Parameter, Pattern } from '../tree.ts';
import { unquote } from './literals.ts';

const nothing: Pattern = { kind: 'nothing' };

/** What a declaration, parameter or assignment binds to. */
export function patternOf(node: SyntaxNode, reading: Reading): Pattern {
  switch (node.name) {
    case 'VariableDefinition':
    case 'VariableName':
      return { kind: 'variable', name: textAt(reading, node) };
    case 'MemberExpression': {
      const place = reading.expression(node);
      return place.kind === 'member' ? { kind: 'place', of: place.of, key: place.key } : nothing;
    }
    case 'ObjectPattern':
    case 'ObjectExpression':
      return objectPattern(node, reading);
    case 'ArrayPattern':
    case 'ArrayExpression':
      return arrayPattern(node, reading);
    case 'ParenthesizedExpression':
    case 'PostfixExpression':
      return reading.pattern(childrenOf(node).find(({ name }) => name !== '(' && name !== ')'));
    default:
      return nothing;
  }
}

function objectPattern(node: SyntaxNode, reading: Reading): Pattern {
  const fields: { key: Expression; target: Pattern }[] = [];
  let rest: Pattern | undefined;
  for (const property of childrenOf(node).filter(
    ({ name }) => name === 'PatternProperty' || name === 'Property',
  )) {
    const children = childrenOf(property);
    const [first] = children;
    if (!first) continue;
    if (first.name === 'Spread') {
      rest = reading.pattern(children[1]);
      continue;
    }
    const colon = children.findIndex(({ name }) => name === ':');
    if (colon < 0) {
      // `{ a }` and `{ a = 1 }`: the name is the key and the variable.
      const name = textAt(reading, first);
      const target = defaulted({ kind: 'variable', name }, children, reading);
      fields.push({ key: textExpression(name, first), target });
      continue;
    }
    const key =
      first.name === '['
        ? reading.expression(children[1])
        : textExpression(
            first.name === 'String' ? unquote(textAt(reading, first)) : textAt(reading, first),
            first,
          );
    fields.push({ key, target: defaulted(reading.pattern(children[colon + 1]), children, reading) });
  }
  return { kind: 'fields', fields, ...(rest ? { rest } : {}) };
}

function arrayPattern(node: SyntaxNode, reading: Reading): Pattern {
  const items: (Pattern | undefined)[] = [];
  let rest: Pattern | undefined;
  let current: SyntaxNode[] = [];
  const flush = (): void => {
    const [first, second] = current;
    if (first?.name === 'Spread') rest = reading.pattern(second);
    else items.push(first && defaulted(reading.pattern(first), current, reading));
    current = [];
  };
  for (const child of childrenOf(node)) {
    if (child.name === '[') continue;
    if (child.name === ',' || child.name === ']') flush();
    else current.push(child);
  }
  return { kind: 'items', items, ...(rest ? { rest } : {}) };
}

function defaulted(target: Pattern, nodes: readonly SyntaxNode[], reading: Reading): Pattern {
  const equals = nodes.findIndex(({ name }) => name === 'Equals');
  return equals < 0 ? target : { kind: 'defaulted', target, value: reading.expression(nodes[equals + 1]) };
}

/** The parameters of a function; an arrow function may have a single bare one. */
export function parametersOf(node: SyntaxNode, reading: Reading): Parameter[] {
  if (node.name !== 'ParamList') return [];
  const children = childrenOf(node);
  const [only] = children;
  if (only?.name === 'VariableDefinition' && children.length === 1)
    return [{ target: patternOf(only, reading) }];
  return splitAt(
    children.filter(({ name }) => name !== '(' && name !== ')'),
    ',',
  ).flatMap((group): Parameter[] => {
    const target = group.find(({ name }) => /^(?:VariableDefinition|ObjectPattern|ArrayPattern)$/.test(name));
    if (!target) return [];
    const isField = group.some(
      ({ name }) => name === 'Privacy' || name === 'readonly' || name === 'override',
    );
    const annotation = group.find(({ name }) => name === 'TypeAnnotation');
    const type = annotation && childrenOf(annotation).find(({ name }) => name === 'TypeName');
    return [
      {
        target: defaulted(patternOf(target, reading), group, reading),
        ...(type ? { type: textAt(reading, type) } : {}),
        ...(group[0]!.name === 'Spread' ? { rest: 'list' as const } : {}),
        ...(isField && target.name === 'VariableDefinition' ? { field: textAt(reading, target) } : {}),
      },
    ];
  });
}
