import type { SyntaxNode } from '@lezer/common';
import { childrenOf, opaque, type Reading, splitAt, textAt, textExpression } from '../syntax.ts';
import type { Argument, Expression, ObjectMember, Step } from '../tree.ts';
import { literalOf, unescape } from './literals.ts';

type Read = (node: SyntaxNode, reading: Reading) => Expression;

const place = (node: SyntaxNode): { at: number; end: number } => ({ at: node.from, end: node.to });

/** Readers of the forms of expressions; any other form is opaque. */
const readers: Readonly<Record<string, Read>> = {
  String: (node, reading) => {
    const { body, prefix } = literalOf(textAt(reading, node));
    return textExpression(unescape(body, prefix), node);
  },
  FormatString: format,
  ContinuedString: (node, reading) => ({
    kind: 'join',
    parts: childrenOf(node).map((each) => reading.expression(each)),
    ...place(node),
  }),
  Number: (node, reading) => ({
    kind: 'number',
    number: Number(textAt(reading, node).replaceAll('_', '')),
    ...place(node),
  }),
  Boolean: (node, reading) => ({ kind: 'constant', value: textAt(reading, node) === 'True', ...place(node) }),
  None: (node) => ({ kind: 'constant', value: null, ...place(node) }),
  VariableName: (node, reading) => ({ kind: 'name', name: textAt(reading, node), ...place(node) }),
  ParenthesizedExpression: inner,
  AwaitExpression: inner,
  YieldExpression: (node, reading) => {
    const all = childrenOf(node)[1]?.name === 'from';
    return { kind: 'yield', value: inner(node, reading), all, ...place(node) };
  },
  MemberExpression: member,
  CallExpression: call,
  BinaryExpression: binary,
  UnaryExpression: (node, reading) => {
    const [value] = operands(node).map((each) => reading.expression(each));
    if (!value) return opaque(node);
    return childrenOf(node)[0]?.name === 'not'
      ? { kind: 'not', value, ...place(node) }
      : opaque(node, [value]);
  },
  ConditionalExpression: (node, reading) => {
    const [first, test, second] = operands(node).map((each) => reading.expression(each));
    if (!first || !test || !second) return opaque(node);
    return { kind: 'choice', test, choices: [first, second], ...place(node) };
  },
  NamedExpression: (node, reading) => {
    const [target, value] = operands(node);
    return {
      kind: 'assign',
      target: reading.pattern(target),
      value: reading.expression(value),
      ...place(node),
    };
  },
  LambdaExpression: (node, reading) => ({
    kind: 'function',
    code: reading.function(node, ''),
    ...place(node),
  }),
  DictionaryExpression: dictionary,
  ArrayExpression: (node, reading) => ({ kind: 'array', items: list(node, reading), ...place(node) }),
  TupleExpression: (node, reading) => ({ kind: 'array', items: list(node, reading), ...place(node) }),
  SetExpression: (node, reading) => ({ kind: 'array', items: list(node, reading), ...place(node) }),
  ArrayComprehensionExpression: comprehension,
  ComprehensionExpression: comprehension,
  SetComprehensionExpression: comprehension,
  DictionaryComprehensionExpression: (node, reading) => ({
    kind: 'steps',
    steps: bindings(childrenOf(node), reading),
    value: opaque(node),
    ...place(node),
  }),
};

export function expressionOf(node: SyntaxNode, reading: Reading): Expression {
  const read = Object.hasOwn(readers, node.name) ? readers[node.name] : undefined;
  return read
    ? read(node, reading)
    : opaque(
        node,
        operands(node).map((each) => reading.expression(each)),
      );
}

function operands(node: SyntaxNode): SyntaxNode[] {
  return childrenOf(node).filter((each) => Object.hasOwn(readers, each.name));
}

function inner(node: SyntaxNode, reading: Reading): Expression {
  const [first] = operands(node);
  return first ? reading.expression(first) : opaque(node);
}

/** `f"{a}-{b:>5}"`: a format specification changes the text, so that it is not known. */
function format(node: SyntaxNode, reading: Reading): Expression {
  const { prefix, start } = literalOf(textAt(reading, node));
  const parts: Expression[] = [];
  let at = node.from + start;
  const literal = (to: number): void => {
    const text = unescape(reading.text.slice(at, to), prefix).replaceAll('{{', '{').replaceAll('}}', '}');
    if (text) parts.push(textExpression(text, { from: at, to }));
  };
  for (const child of childrenOf(node)) {
    if (child.name !== 'FormatReplacement') continue;
    literal(child.from);
    const plain = !childrenOf(child).some(({ name }) => name === 'FormatSpec' || name === 'FormatConversion');
    const value = inner(child, reading);
    parts.push(plain ? value : opaque(child, [value]));
    at = child.to;
  }
  const quote = /("""|'''|"|')$/.exec(textAt(reading, node))?.[1]?.length ?? 0;
  literal(node.to - quote);
  return { kind: 'join', parts, ...place(node) };
}

function member(node: SyntaxNode, reading: Reading): Expression {
  const children = childrenOf(node);
  const [of] = children;
  if (!of) return opaque(node);
  const named = children.find(({ name }) => name === 'PropertyName');
  if (named) {
    return {
      kind: 'member',
      of: reading.expression(of),
      key: textExpression(textAt(reading, named), named),
      ...place(node),
    };
  }
  const inside = children.slice(2, -1);
  // A slice is a list of the same elements.
  if (inside.some(({ name }) => name === ':')) return reading.expression(of);
  const key = inside[0] ? reading.expression(inside[0]) : opaque(node);
  return { kind: 'member', of: reading.expression(of), key, ...place(node) };
}

function call(node: SyntaxNode, reading: Reading): Expression {
  const [callee, list_] = childrenOf(node);
  if (!callee || !list_) return opaque(node);
  const args = list(list_, reading);
  if (textAt(reading, callee) === 'isinstance' && args[0])
    return { kind: 'presence', of: args[0].value, ...place(node) };
  return {
    kind: 'call',
    callee: reading.expression(callee),
    args,
    creates: false,
    ...place(node),
  };
}

/** The items of a list, tuple, set or argument list. */
export function list(node: SyntaxNode, reading: Reading): Argument[] {
  const children = childrenOf(node).filter(({ name }) => !/^[()[\]{}]$/.test(name));
  // f(x for x in xs): the only argument is a comprehension without brackets.
  if (children.some(({ name }) => name === 'for')) return [{ value: comprehension(node, reading) }];
  return splitAt(children, ',').flatMap((group): Argument[] => {
    const [first, second, third] = group;
    if (first!.name === '*' || first!.name === '**') {
      return second
        ? [{ value: reading.expression(second), spread: first!.name === '*' ? 'list' : 'object' }]
        : [];
    }
    if (second?.name === 'AssignOp' && third)
      return [{ value: reading.expression(third), name: textAt(reading, first!) }];
    return [{ value: reading.expression(first) }];
  });
}

function dictionary(node: SyntaxNode, reading: Reading): Expression {
  const children = childrenOf(node).filter(({ name }) => name !== '{' && name !== '}');
  const members = splitAt(children, ',').flatMap((group): ObjectMember[] => {
    const [first, second] = group;
    if (first!.name === '**') return second ? [{ spread: reading.expression(second) }] : [];
    const colon = group.findIndex(({ name }) => name === ':');
    return colon < 0 ? [] : [{ key: reading.expression(first), value: reading.expression(group[colon + 1]) }];
  });
  return { kind: 'object', members, ...place(node) };
}

/** `[value for target in list if test]`: the list of one value, made for some element. */
function comprehension(node: SyntaxNode, reading: Reading): Expression {
  const children = childrenOf(node).filter(({ name }) => !/^[()[\]{}]$/.test(name));
  const value: Expression = {
    kind: 'array',
    items: [{ value: reading.expression(children[0]) }],
    ...place(node),
  };
  return { kind: 'steps', steps: bindings(children, reading), value, ...place(node) };
}

function bindings(children: readonly SyntaxNode[], reading: Reading): Step[] {
  const steps: Step[] = [];
  for (let at = children.findIndex(({ name }) => name === 'for'); at >= 0 && at < children.length; ) {
    const within = children.findIndex(({ name }, index) => index > at && name === 'in');
    if (within < 0) break;
    const targets = children.slice(at + 1, within).filter(({ name }) => name !== ',');
    const over = reading.expression(children[within + 1]);
    const target =
      targets.length === 1
        ? reading.pattern(targets[0])
        : { kind: 'items' as const, items: targets.map((each) => reading.pattern(each)) };
    steps.push({
      kind: 'bind',
      target,
      value: { kind: 'element', of: over, at: over.at, end: over.end },
      declares: true,
    });
    const next = children.findIndex(({ name }, index) => index > within && name === 'for');
    if (next < 0) break;
    at = next;
  }
  return steps;
}

function binary(node: SyntaxNode, reading: Reading): Expression {
  const children = childrenOf(node);
  const [left, operator] = children;
  const right = children.at(-1);
  const sign = operator ? textAt(reading, operator) : '';
  const first = reading.expression(left);
  const second = reading.expression(right);
  if (sign === '+') return { kind: 'sum', left: first, right: second, ...place(node) };
  if (sign === 'or') return { kind: 'fallback', first, second, ...place(node) };
  if (sign === 'and') return { kind: 'both', first, second, ...place(node) };
  if (/^[<>]=?$/.test(sign)) return { kind: 'compare', sign, left: first, right: second, ...place(node) };
  if (second.kind === 'constant' && second.value === null) {
    const not = sign === '!=' || children.some(({ name }) => name === 'not');
    return { kind: 'presence', of: first, when: not, ...place(node) };
  }
  // Dictionaries put together; what else it may be is not made of texts.
  if (sign === '|')
    return { kind: 'object', members: [{ spread: first }, { spread: second }], ...place(node) };
  if (sign === '%' && first.kind === 'text') return percent(first.text, second, node);
  return opaque(node, [first, second]);
}

/** `"%s-%s" % (a, b)`. */
function percent(text: string, values: Expression, node: SyntaxNode): Expression {
  const items = values.kind === 'array' ? values.items.map(({ value }) => value) : [values];
  const pieces = text.split(/%[sd]/);
  if (pieces.length - 1 !== items.length || /%[^sd%]/.test(text)) return opaque(node, items);
  const parts = pieces.flatMap((piece, index): Expression[] => [
    ...(piece ? [textExpression(piece.replaceAll('%%', '%'), node)] : []),
    ...(items[index] ? [items[index]] : []),
  ]);
  return { kind: 'join', parts, ...place(node) };
}
