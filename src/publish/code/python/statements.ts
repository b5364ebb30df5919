import type { SyntaxNode } from '@lezer/common';
import { childrenOf, opaque, type Reading, splitAt, textAt, textExpression } from '../syntax.ts';
import type { Expression, ImportedName, Parameter, Pattern, Step } from '../tree.ts';
import { assignment, bodiesOf, nameOf, valueOf } from './assignments.ts';
import { classOf } from './classes.ts';
import { list } from './expressions.ts';

type Read = (node: SyntaxNode, reading: Reading) => Step[];

const readers: Readonly<Record<string, Read>> = {
  ExpressionStatement: (node, reading) => effects(childrenOf(node), reading),
  AssignStatement: assignment,
  UpdateStatement: (node, reading) => {
    const [target, operator, value] = childrenOf(node);
    if (!target || !operator || !value) return [];
    const left = reading.expression(target);
    const right = reading.expression(value);
    const place = { at: node.from, end: node.to };
    const sum: Expression =
      textAt(reading, operator) === '+='
        ? { kind: 'sum', left, right, ...place }
        : opaque(node, [left, right]);
    return [{ kind: 'bind', target: reading.pattern(target), value: sum, declares: false }];
  },
  ReturnStatement: (node, reading) => {
    const value = childrenOf(node).slice(1);
    return [{ kind: 'return', value: value.length === 0 ? undefined : valueOf(value, node, reading) }];
  },
  YieldStatement: (node, reading) => {
    const parts = childrenOf(node).slice(1);
    const all = parts[0]?.name === 'from';
    const value = valueOf(all ? parts.slice(1) : parts, node, reading);
    return [{ kind: 'do', value: { kind: 'yield', value, all, at: node.from, end: node.to } }];
  },
  RaiseStatement: (node, reading) => {
    const [, value] = childrenOf(node);
    return [{ kind: 'leave', how: 'throw', ...(value ? { value: reading.expression(value) } : {}) }];
  },
  DeleteStatement: (node, reading) =>
    childrenOf(node)
      .filter(({ name }) => name === 'MemberExpression')
      .map((each): Step => {
        const value: Expression = { kind: 'constant', value: null, at: each.from, end: each.to };
        return { kind: 'bind', target: reading.pattern(each), value, declares: false };
      }),
  ContinueStatement: () => [{ kind: 'leave', how: 'jump' }],
  BreakStatement: () => [{ kind: 'leave', how: 'jump' }],
  IfStatement: (node, reading) => branching(node, reading),
  WhileStatement: (node, reading) => branching(node, reading),
  TryStatement: (node, reading) => {
    const bodies = bodiesOf(node);
    const [first, ...rest] = bodies.map((body) => reading.steps(childrenOf(body)));
    return [
      ...(first ? apart(first) : []),
      ...rest.map((steps): Step => ({ kind: 'branches', branches: [steps], own: false, always: false })),
    ];
  },
  WithStatement: (node, reading) => {
    const children = childrenOf(node);
    const steps: Step[] = [];
    for (const [index, child] of children.entries()) {
      if (/^(?:with|async|as|,|Body)$/.test(child.name) || children[index - 1]?.name === 'as') continue;
      const value = reading.expression(child);
      const target = children[index + 1]?.name === 'as' ? children[index + 2] : undefined;
      steps.push(
        target
          ? { kind: 'bind', target: reading.pattern(target), value, declares: true }
          : { kind: 'do', value },
      );
    }
    return [...steps, ...bodiesOf(node).flatMap((body) => reading.steps(childrenOf(body)))];
  },
  ForStatement: (node, reading) => {
    const children = childrenOf(node);
    const within = children.findIndex(({ name }) => name === 'in');
    const targets = children.slice(0, within).filter(({ name }) => !/^(?:for|async|,)$/.test(name));
    const over = reading.expression(children[within + 1]);
    const target: Pattern =
      targets.length === 1
        ? reading.pattern(targets[0])
        : { kind: 'items', items: targets.map((each) => reading.pattern(each)) };
    const steps = bodiesOf(node).flatMap((each) => reading.steps(childrenOf(each)));
    return [{ kind: 'each', target, over, steps, own: false }];
  },
  FunctionDefinition: (node, reading) => {
    const name = nameOf(node, reading);
    const value: Expression = {
      kind: 'function',
      code: reading.function(node, name),
      at: node.from,
      end: node.to,
    };
    return [{ kind: 'define', name, value, hoisted: false }];
  },
  ClassDefinition: (node, reading) => {
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
  DecoratedStatement: decorated,
  ImportStatement: imports,
  MatchStatement: (node, reading) => {
    const bodies = childrenOf(node)
      .flatMap((each) => childrenOf(each))
      .flatMap(bodiesOf);
    return [
      {
        kind: 'branches',
        branches: bodies.map((body) => reading.steps(childrenOf(body))),
        own: false,
        always: false,
      },
    ];
  },
};

export function statementSteps(node: SyntaxNode, reading: Reading): Step[] {
  const read = Object.hasOwn(readers, node.name) ? readers[node.name] : undefined;
  return read ? read(node, reading) : [];
}

function effects(nodes: readonly SyntaxNode[], reading: Reading): Step[] {
  return nodes.map((each) => ({ kind: 'do', value: reading.expression(each) }));
}

function branching(node: SyntaxNode, reading: Reading): Step[] {
  const children = childrenOf(node);
  const tests = children.filter(({ name }) => !/^(?:if|elif|else|while|Body|:)$/.test(name));
  const branches = bodiesOf(node).map((body) => reading.steps(childrenOf(body)));
  if (node.name !== 'IfStatement')
    return [
      ...effects(tests, reading),
      { kind: 'branches', branches, own: false, always: false, loop: true },
    ];
  const always = children.some(({ name }) => name === 'else');
  return [
    { kind: 'branches', branches, tests: tests.map((each) => reading.expression(each)), own: false, always },
  ];
}

/** Steps that may be left for what comes after them. */
function apart(steps: Step[]): Step[] {
  return [{ kind: 'branches', branches: [steps], own: false, always: true }];
}

/** A decorator that the project has takes the function and gives another; any other one gives the function back. */
function decorated(node: SyntaxNode, reading: Reading): Step[] {
  const children = childrenOf(node);
  const definition = children.find(({ name }) => name === 'FunctionDefinition' || name === 'ClassDefinition');
  const [step] = definition ? reading.steps([definition]) : [];
  if (step?.kind !== 'define') return [];
  const decorators = children.filter(({ name }) => name === 'Decorator').reverse();
  const value = decorators.reduce<Expression>((decoratedValue, each) => {
    const parts = childrenOf(each).filter(({ name }) => name !== 'At');
    const callee = decoratorOf(parts, each, reading);
    return {
      kind: 'call',
      callee,
      args: [{ value: decoratedValue }],
      creates: false,
      at: each.from,
      end: each.to,
    };
  }, step.value);
  return [{ ...step, value }];
}

function decoratorOf(parts: readonly SyntaxNode[], node: SyntaxNode, reading: Reading): Expression {
  let callee: Expression = reading.expression(parts[0]);
  for (const part of parts.slice(1)) {
    const at = { at: node.from, end: node.to };
    if (part.name === 'PropertyName' || part.name === 'VariableName')
      callee = { kind: 'member', of: callee, key: textExpression(textAt(reading, part), part), ...at };
    else if (part.name === 'ArgList')
      callee = { kind: 'call', callee, args: list(part, reading), creates: false, ...at };
  }
  return callee;
}

/** `import a.b as c`, `from ..x import a as b, *`. */
function imports(node: SyntaxNode, reading: Reading): Step[] {
  const text = textAt(reading, node)
    .replace(/#.*$/gm, '')
    .replace(/[\\()]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const at = node.from;
  const from = /^from ((?:\. ?)*[\w.]*) import (.+)$/.exec(text);
  if (from) {
    const names = from[2]!.split(',').flatMap((part): ImportedName[] => {
      const [imported, , local] = part.trim().split(' ');
      return imported ? [{ imported, local: local ?? imported }] : [];
    });
    return [{ kind: 'import', from: from[1]!.replaceAll(' ', ''), names, at }];
  }
  return text
    .replace(/^import /, '')
    .split(',')
    .flatMap((part): Step[] => {
      const [name, , local] = part.trim().split(' ');
      if (!name) return [];
      // `import a.b` binds `a`, in which `b` is found.
      const [first] = name.split('.');
      const bound = local === undefined ? { imported: '*', local: first! } : { imported: '*', local };
      return [{ kind: 'import', from: local === undefined ? first! : name, names: [bound], at }];
    });
}

/** `a, b: T = 1, *args, k=2, **kw`. */
export function parametersOf(node: SyntaxNode, reading: Reading): Parameter[] {
  const children = childrenOf(node).filter(({ name }) => name !== '(' && name !== ')' && name !== 'TypeDef');
  return splitAt(children, ',').flatMap((group): Parameter[] => {
    const star = group[0]!.name === '*' ? 'list' : group[0]!.name === '**' ? 'object' : undefined;
    const named = group[star ? 1 : 0];
    if (named?.name !== 'VariableName') return [];
    const name = textAt(reading, named);
    const equals = group.findIndex((each) => each.name === 'AssignOp');
    const variable: Pattern = { kind: 'variable', name };
    const target: Pattern =
      equals < 0
        ? variable
        : { kind: 'defaulted', target: variable, value: reading.expression(group[equals + 1]) };
    return [{ target, name, ...(star ? { rest: star } : {}) }];
  });
}
