import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type Reading, textAt } from '../syntax.ts';
import type { ClassCode, FunctionCode, Step } from '../tree.ts';
import { assignment, bodiesOf, nameOf } from './assignments.ts';

/** Assignments in the body are shared fields, functions are methods. */
export function classOf(node: SyntaxNode, reading: Reading): ClassCode {
  const children = childrenOf(node);
  const bases = children.find(({ name }) => name === 'ArgList');
  const base =
    bases && childrenOf(bases).find(({ name }) => name === 'VariableName' || name === 'MemberExpression');
  const methods: ClassCode['methods'][number][] = [];
  const fields: ClassCode['fields'][number][] = [];
  for (const child of bodiesOf(node).flatMap(childrenOf)) {
    const definition =
      child.name === 'DecoratedStatement'
        ? childrenOf(child).find(({ name }) => name === 'FunctionDefinition')
        : child;
    if (definition?.name === 'FunctionDefinition') {
      const decorators = childrenOf(child)
        .filter(({ name }) => name === 'Decorator')
        .map((each) => textAt(reading, each));
      const shared = decorators.some((each) => /@(?:staticmethod|classmethod)\b/.test(each));
      const getter = decorators.some((each) => /@(?:\w+\.)?(?:cached_)?property\b/.test(each));
      const code = reading.function(definition, nameOf(definition, reading));
      const own = decorators.some((each) => each.startsWith('@staticmethod'));
      methods.push({ name: code.name, code: own ? code : withoutSelf(code), getter, shared });
    } else if (child.name === 'AssignStatement') {
      const steps = assignment(child, reading);
      // `x: str`: a field whose value is given when an object is made.
      if (steps.length === 0) fields.push({ name: nameOf(child, reading), value: undefined, shared: true });
      for (const step of steps) {
        if (step.kind === 'bind' && step.target.kind === 'variable')
          fields.push({ name: step.target.name, value: step.value, shared: true });
      }
    }
  }
  const name = nameOf(node, reading);
  return { name, ...(base ? { base: reading.expression(base) } : {}), methods, fields, at: node.from };
}

/** The first parameter of a method is the object itself: a variable of its body, not an argument. */
function withoutSelf(code: FunctionCode): FunctionCode {
  const [self, ...parameters] = code.parameters;
  if (self?.target.kind !== 'variable') return code;
  const { target } = self;
  const bind: Step = {
    kind: 'bind',
    target,
    value: { kind: 'self', at: code.at, end: code.at },
    declares: true,
  };
  return { ...code, parameters, body: () => [bind, ...code.body()] };
}
