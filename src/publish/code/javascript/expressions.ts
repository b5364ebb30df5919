import type { SyntaxNode } from '@lezer/common';
import { childrenOf, opaque, type Reading, splitAt, textAt, textExpression } from '../syntax.ts';
import type { Argument, Expression, ObjectMember, Pattern } from '../tree.ts';
import { classOf } from './classes.ts';
import { unescape, unquote } from './literals.ts';

type Read = (node: SyntaxNode, reading: Reading) => Expression;

const place = (node: SyntaxNode): { at: number; end: number } => ({ at: node.from, end: node.to });

/** Readers of the forms of expressions; any other form is opaque. */
const readers: Readonly<Record<string, Read>> = {
  String: (node, reading) => textExpression(unquote(textAt(reading, node)), node),
  Number: (node, reading) => ({
    kind: 'number',
    number: Number(textAt(reading, node).replaceAll('_', '')),
    ...place(node),
  }),
  BooleanLiteral: (node, reading) => ({
    kind: 'constant',
    value: textAt(reading, node) === 'true',
    ...place(node),
  }),
  null: (node) => ({ kind: 'constant', value: null, ...place(node) }),
  VariableName: name,
  VariableDefinition: name,
  TypeName: name,
  this: (node) => ({ kind: 'self', ...place(node) }),
  super: (node) => ({
    kind: 'member',
    of: { kind: 'self', ...place(node) },
    key: textExpression('super', node),
    ...place(node),
  }),
  TemplateString: template,
  ObjectExpression: object,
  ArrayExpression: (node, reading) => ({ kind: 'array', items: list(node, reading), ...place(node) }),
  ArrowFunction: (node, reading) => ({ kind: 'function', code: reading.function(node, ''), ...place(node) }),
  FunctionExpression: (node, reading) => ({
    kind: 'function',
    code: reading.function(node, ''),
    ...place(node),
  }),
  ClassExpression: (node, reading) => ({ kind: 'class', code: classOf(node, reading), ...place(node) }),
  MemberExpression: member,
  CallExpression: (node, reading) => call(node, reading, false),
  NewExpression: (node, reading) => call(node, reading, true),
  ParenthesizedExpression: inner,
  AwaitExpression: inner,
  YieldExpression: (node, reading) => {
    const all = childrenOf(node).some((each) => each.name === 'Star');
    return { kind: 'yield', value: inner(node, reading), all, ...place(node) };
  },
  PostfixExpression: inner,
  InstantiationExpression: inner,
  SequenceExpression: (node, reading) => {
    const parts = operands(node).map((each) => reading.expression(each));
    const last = parts.at(-1);
    const steps = parts.slice(0, -1).map((value) => ({ kind: 'do' as const, value }));
    return last ? { kind: 'steps', steps, value: last, ...place(node) } : opaque(node);
  },
  BinaryExpression: binary,
  ConditionalExpression: (node, reading) => {
    const [test, first, second] = operands(node).map((each) => reading.expression(each));
    if (!test || !first || !second) return opaque(node);
    return { kind: 'choice', test, choices: [first, second], ...place(node) };
  },
  AssignmentExpression: assignment,
  UnaryExpression: (node, reading) => {
    const [value] = operands(node).map((each) => reading.expression(each));
    const sign = childrenOf(node)[0];
    if (!value || !sign) return opaque(node);
    if (textAt(reading, sign) === '!') return { kind: 'not', value, ...place(node) };
    if (sign.name === 'delete' && value.kind === 'member') {
      const target: Pattern = { kind: 'place', of: value.of, key: value.key };
      return {
        kind: 'assign',
        target,
        value: { kind: 'constant', value: null, ...place(node) },
        ...place(node),
      };
    }
    if (sign.name === 'void') return { kind: 'constant', value: null, ...place(node) };
    if (sign.name === 'typeof') return { kind: 'presence', of: value, ...place(node) };
    // `+x` is x as a number.
    return textAt(reading, sign) === '+' ? value : opaque(node, [value]);
  },
  TaggedTemplateExpression: (node, reading) =>
    opaque(
      node,
      operands(node).map((each) => reading.expression(each)),
    ),
  DynamicImport: (node, reading) => {
    const from = childrenOf(node).find((each) => each.name === 'String');
    return from ? { kind: 'module', from: unquote(textAt(reading, from)), ...place(node) } : opaque(node);
  },
};

export function expressionOf(node: SyntaxNode, reading: Reading): Expression {
  const read = Object.hasOwn(readers, node.name) ? readers[node.name] : undefined;
  return read
    ? read(node, reading)
    : opaque(
        node,
        operands(node)
          .filter(isExpression)
          .map((each) => reading.expression(each)),
      );
}

const isExpression = (node: SyntaxNode): boolean => Object.hasOwn(readers, node.name);

/** Children that are no punctuation, operators, keywords or types. */
function operands(node: SyntaxNode): SyntaxNode[] {
  return childrenOf(node).filter(
    (each) => isExpression(each) || each.name === 'PropertyName' || /Expression$/.test(each.name),
  );
}

function name(node: SyntaxNode, reading: Reading): Expression {
  const text = textAt(reading, node);
  return text === 'undefined'
    ? { kind: 'constant', value: null, ...place(node) }
    : { kind: 'name', name: text, ...place(node) };
}

function inner(node: SyntaxNode, reading: Reading): Expression {
  const [first] = operands(node);
  return first ? reading.expression(first) : opaque(node);
}

function template(node: SyntaxNode, reading: Reading): Expression {
  const parts: Expression[] = [];
  let at = node.from + 1;
  const literal = (to: number): void => {
    if (to > at) parts.push(textExpression(unescape(reading.text.slice(at, to)), { from: at, to }));
  };
  for (const child of childrenOf(node)) {
    if (child.name !== 'Interpolation') continue;
    literal(child.from);
    parts.push(inner(child, reading));
    at = child.to;
  }
  literal(node.to - 1);
  return { kind: 'join', parts, ...place(node) };
}

function object(node: SyntaxNode, reading: Reading): Expression {
  const members = childrenOf(node)
    .filter((each) => each.name === 'Property')
    .flatMap((each): ObjectMember[] => objectMember(each, reading));
  return { kind: 'object', members, ...place(node) };
}

function objectMember(node: SyntaxNode, reading: Reading): ObjectMember[] {
  const children = childrenOf(node);
  const [first] = children;
  if (!first) return [];
  if (first.name === 'Spread') return children[1] ? [{ spread: reading.expression(children[1]) }] : [];
  const keyNode = children.find(
    (each) => each.name === 'PropertyDefinition' || each.name === 'String' || each.name === 'Number',
  );
  const computed = children.findIndex((each) => each.name === '[');
  const colon = children.findIndex((each) => each.name === ':');
  const key =
    computed >= 0 && (colon < 0 || computed < colon)
      ? reading.expression(children[computed + 1])
      : keyNode &&
        textExpression(
          keyNode.name === 'String' ? unquote(textAt(reading, keyNode)) : textAt(reading, keyNode),
          keyNode,
        );
  if (!key) return [];
  if (colon >= 0) return [{ key, value: reading.expression(children[colon + 1]) }];
  if (children.some((each) => each.name === 'ParamList')) {
    const value: Expression = {
      kind: 'function',
      code: reading.function(node, key.kind === 'text' ? key.text : ''),
      ...place(node),
    };
    return [{ key, value, getter: children.some((each) => each.name === 'get') }];
  }
  return key.kind === 'text'
    ? [{ key, value: { kind: 'name', name: key.text, at: key.at, end: key.end } }]
    : [];
}

/** The items of an array or an argument list. */
export function list(node: SyntaxNode, reading: Reading): Argument[] {
  const children = childrenOf(node).filter(({ name: kind }) => !/^[()[\]]$/.test(kind));
  return splitAt(children, ',').flatMap((group): Argument[] => {
    const spread = group[0]!.name === 'Spread';
    const value = group[spread ? 1 : 0];
    return value
      ? [{ value: reading.expression(value), ...(spread ? { spread: 'list' as const } : {}) }]
      : [];
  });
}

function member(node: SyntaxNode, reading: Reading): Expression {
  const children = childrenOf(node);
  const [of] = children;
  if (!of) return opaque(node);
  const open = children.findIndex((each) => each.name === '[');
  const named = children.findLast(
    (each) => each.name === 'PropertyName' || each.name === 'PrivatePropertyName',
  );
  const key =
    open >= 0
      ? reading.expression(children[open + 1])
      : named && textExpression(textAt(reading, named), named);
  return key ? { kind: 'member', of: reading.expression(of), key, ...place(node) } : reading.expression(of);
}

function call(node: SyntaxNode, reading: Reading, creates: boolean): Expression {
  const children = childrenOf(node).filter(
    (each) => each.name !== 'new' && each.name !== '?.' && each.name !== 'TypeArgList',
  );
  const [callee] = children;
  if (!callee) return opaque(node);
  const argumentsNode = children.find((each) => each.name === 'ArgList');
  const args = argumentsNode ? list(argumentsNode, reading) : [];
  const [only] = args;
  if (callee.name === 'VariableName' && textAt(reading, callee) === 'require' && only?.value.kind === 'text')
    return { kind: 'module', from: only.value.text, ...place(node) };
  if (only && /^(?:Number\.)?(?:isInteger|isSafeInteger|isFinite|isNaN)$/.test(textAt(reading, callee)))
    return { kind: 'presence', of: only.value, ...place(node) };
  return { kind: 'call', callee: reading.expression(callee), args, creates, ...place(node) };
}

function binary(node: SyntaxNode, reading: Reading): Expression {
  const children = childrenOf(node);
  const operator = children.findIndex(
    (each) => /Op$/.test(each.name) || /^(?:as|satisfies|in|instanceof|\*)$/.test(each.name),
  );
  const sign = operator >= 0 ? textAt(reading, children[operator]!) : '';
  const first = reading.expression(children[0]);
  if (sign === 'as' || sign === 'satisfies') return first;
  const second = reading.expression(children[operator + 1]);
  if (sign === '+') return { kind: 'sum', left: first, right: second, ...place(node) };
  if (sign === '||' || sign === '??') return { kind: 'fallback', first, second, ...place(node) };
  if (sign === '&&') return { kind: 'both', first, second, ...place(node) };
  if (/^[<>]=?$/.test(sign)) return { kind: 'compare', sign, left: first, right: second, ...place(node) };
  if (/^[!=]==?$/.test(sign)) {
    // `typeof a === 'number'`, `a !== undefined`.
    if (first.kind === 'presence') return first;
    const [none, of] = isNothing(second) ? [second, first] : [first, second];
    if (isNothing(none)) return { kind: 'presence', of, when: sign.startsWith('!'), ...place(node) };
  }
  return opaque(node, [first, second]);
}

function isNothing(node: Expression): boolean {
  return node.kind === 'constant' && node.value === null;
}

function assignment(node: SyntaxNode, reading: Reading): Expression {
  const children = childrenOf(node);
  const [target] = children;
  const value = children.at(-1);
  if (!target || !value || target === value) return opaque(node);
  const operator = children.find((each) => each.name === 'UpdateOp');
  const sign = operator ? textAt(reading, operator) : '=';
  const right = reading.expression(value);
  if (sign === '=') return { kind: 'assign', target: reading.pattern(target), value: right, ...place(node) };
  const left = reading.expression(target);
  const combined: Expression =
    sign === '+='
      ? { kind: 'sum', left, right, ...place(node) }
      : sign === '??=' || sign === '||='
        ? { kind: 'fallback', first: left, second: right, ...place(node) }
        : opaque(node, [left, right]);
  return { kind: 'assign', target: reading.pattern(target), value: combined, ...place(node) };
}
