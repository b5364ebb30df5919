import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type Reading, splitAt, textAt, textExpression } from '../syntax.ts';
import type { Expression, ObjectMember, Step } from '../tree.ts';
import { classOf } from './classes.ts';
import { unquote } from './literals.ts';
import { exportSteps, importSteps } from './modules.ts';

type Read = (node: SyntaxNode, reading: Reading) => Step[];

const readers: Readonly<Record<string, Read>> = {
  ExpressionStatement: (node, reading) => effects(childrenOf(node), reading),
  VariableDeclaration: variables,
  ReturnStatement: (node, reading) => {
    const value = childrenOf(node).find(({ name }) => name !== 'return' && name !== ';');
    return [{ kind: 'return', value: value && reading.expression(value) }];
  },
  ThrowStatement: (node, reading) => {
    const value = childrenOf(node).find(({ name }) => name !== 'throw' && name !== ';');
    return [{ kind: 'leave', how: 'throw', ...(value ? { value: reading.expression(value) } : {}) }];
  },
  ContinueStatement: () => [{ kind: 'leave', how: 'jump' }],
  BreakStatement: () => [{ kind: 'leave', how: 'jump' }],
  Block: (node, reading) => [{ kind: 'block', steps: reading.steps(childrenOf(node)) }],
  IfStatement: (node, reading) => {
    const children = childrenOf(node).filter(({ name }) => name !== 'if' && name !== 'else');
    const [test, ...branches] = children;
    const both = branches.map((branch) => reading.steps([branch]));
    const tests = test ? [reading.expression(test)] : [];
    return [{ kind: 'branches', branches: both, tests, own: true, always: both.length > 1 }];
  },
  ForStatement: loop,
  WhileStatement: loop,
  DoStatement: loop,
  SwitchStatement: choice,
  TryStatement: (node, reading) => {
    const [block] = childrenOf(node).filter(({ name }) => name === 'Block');
    const final = childrenOf(node).find(({ name }) => name === 'FinallyClause');
    const caught = childrenOf(node).find(({ name }) => name === 'CatchClause');
    const blockOf = (clause: SyntaxNode | undefined): Step[] => {
      const inner = clause && childrenOf(clause).find(({ name }) => name === 'Block');
      return inner ? reading.steps([inner]) : [];
    };
    return [
      ...(block ? apart(reading.steps([block])) : []),
      { kind: 'branches', branches: [blockOf(caught)], own: true, always: false },
      ...blockOf(final),
    ];
  },
  LabeledStatement: (node, reading) => apart(reading.steps(childrenOf(node).slice(-1))),
  FunctionDeclaration: (node, reading) => {
    const name = nameOf(node, reading);
    const value: Expression = {
      kind: 'function',
      code: reading.function(node, name),
      at: node.from,
      end: node.to,
    };
    return [{ kind: 'define', name, value, hoisted: true }];
  },
  ClassDeclaration: (node, reading) => {
    const code = classOf(node, reading);
    return [
      {
        kind: 'define',
        name: code.name,
        value: { kind: 'class', code, at: node.from, end: node.to },
        hoisted: false,
      },
    ];
  },
  EnumDeclaration: enumeration,
  NamespaceDeclaration: namespace,
  ImportDeclaration: importSteps,
  ExportDeclaration: exportSteps,
};

export function statementSteps(node: SyntaxNode, reading: Reading): Step[] {
  const read = Object.hasOwn(readers, node.name) ? readers[node.name] : undefined;
  return read ? read(node, reading) : [];
}

function effects(nodes: readonly SyntaxNode[], reading: Reading): Step[] {
  return nodes
    .filter(({ name }) => name !== ';')
    .map((each) => ({ kind: 'do', value: reading.expression(each) }));
}

/** Steps that may be left for what comes after them. */
function apart(steps: Step[]): Step[] {
  return [{ kind: 'branches', branches: [steps], own: true, always: true }];
}

function nameOf(node: SyntaxNode, reading: Reading): string {
  const name = childrenOf(node).find(
    (each) => each.name === 'VariableDefinition' || each.name === 'TypeDefinition',
  );
  return name ? textAt(reading, name) : 'default';
}

function variables(node: SyntaxNode, reading: Reading): Step[] {
  // A `var` belongs to the whole function.
  const declares = node.firstChild?.name === 'var' ? 'function' : true;
  return splitAt(
    childrenOf(node).filter(({ name }) => !/^(?:const|let|var|using|declare|;)$/.test(name)),
    ',',
  ).flatMap((group): Step[] => {
    const equals = group.findIndex(({ name }) => name === 'Equals');
    const [target] = group;
    if (!target) return [];
    const value: Expression =
      equals < 0
        ? { kind: 'constant', value: null, at: target.from, end: target.to }
        : reading.expression(group[equals + 1]);
    return [{ kind: 'bind', target: reading.pattern(target), value, declares }];
  });
}

function loop(node: SyntaxNode, reading: Reading): Step[] {
  const children = childrenOf(node);
  const spec = children.find(({ name }) => /^For(?:Of|In)?Spec$/.test(name));
  const body = node.name === 'DoStatement' ? children[1] : children.at(-1);
  const inner = body ? reading.steps([body]) : [];
  const branch = (steps: Step[]): Step[] => [
    { kind: 'branches', branches: [steps], own: true, always: false, loop: true },
  ];
  if (!spec) {
    const test = children.find(({ name }) => name === 'ParenthesizedExpression');
    return [...effects(test ? [test] : [], reading), ...branch(inner)];
  }
  const parts = childrenOf(spec).filter(({ name }) => !/^(?:[();]|const|let|var|await)$/.test(name));
  if (spec.name === 'ForSpec') {
    const steps = parts.flatMap((part) =>
      part.name === 'VariableDeclaration' ? variables(part, reading) : effects([part], reading),
    );
    return branch([...steps, ...inner]);
  }
  const keyword = parts.findIndex(({ name }) => name === 'of' || name === 'in');
  const over = reading.expression(parts[keyword + 1]);
  const target = reading.pattern(parts[0]);
  if (spec.name === 'ForOfSpec') return [{ kind: 'each', target, over, steps: inner, own: true }];
  const names: Expression = { kind: 'keys', of: over, at: over.at, end: over.end };
  return [{ kind: 'each', target, over: names, steps: inner, own: true }];
}

/** Every case may run; one that falls through into the next is rare enough to be left out. */
function choice(node: SyntaxNode, reading: Reading): Step[] {
  const children = childrenOf(node);
  const test = children.find(({ name }) => name === 'ParenthesizedExpression');
  const body = children.find(({ name }) => name === 'SwitchBody');
  const cases: SyntaxNode[][] = [];
  for (const child of body ? childrenOf(body) : []) {
    if (child.name === 'CaseLabel' || child.name === 'DefaultLabel') cases.push([]);
    else if (child.name !== '{' && child.name !== '}') cases.at(-1)?.push(child);
  }
  const branches = cases.map((each) => reading.steps(each));
  return [...effects(test ? [test] : [], reading), { kind: 'branches', branches, own: true, always: false }];
}

function enumeration(node: SyntaxNode, reading: Reading): Step[] {
  const body = childrenOf(node).find(({ name }) => name === 'EnumBody');
  const groups = splitAt(
    body ? childrenOf(body).filter(({ name }) => name !== '{' && name !== '}') : [],
    ',',
  );
  const members = groups.flatMap((group, index): ObjectMember[] => {
    const [key] = group;
    if (!key) return [];
    const text = key.name === 'String' ? unquote(textAt(reading, key)) : textAt(reading, key);
    const equals = group.findIndex(({ name }) => name === 'Equals');
    const value: Expression =
      equals < 0
        ? { kind: 'number', number: index, at: key.from, end: key.to }
        : reading.expression(group[equals + 1]);
    return [{ key: textExpression(text, key), value }];
  });
  const value: Expression = { kind: 'object', members, at: node.from, end: node.to };
  return [{ kind: 'define', name: nameOf(node, reading), value, hoisted: false }];
}

/** A namespace is an object of what it exports; its steps run where it stands. */
function namespace(node: SyntaxNode, reading: Reading): Step[] {
  const body = childrenOf(node).find(({ name }) => name === 'Block');
  if (!body) return [];
  const steps = reading.steps(childrenOf(body));
  const exported = steps.flatMap((step) => (step.kind === 'export' ? [step] : []));
  const members = exported.map(({ name, value }) => ({ key: textExpression(name, node), value }));
  const value: Expression = {
    kind: 'steps',
    steps: steps.filter(({ kind }) => kind !== 'export'),
    value: { kind: 'object', members, at: node.from, end: node.to },
    at: node.from,
    end: node.to,
  };
  return [{ kind: 'define', name: nameOf(node, reading), value, hoisted: false }];
}
