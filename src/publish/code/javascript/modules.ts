import type { SyntaxNode } from '@lezer/common';
import { childrenOf, type Reading, splitAt, textAt } from '../syntax.ts';
import type { Expression, ImportedName, Pattern, Step } from '../tree.ts';
import { unquote } from './literals.ts';

/** `import d, { a as b }, * as c from 'm'`; what is imported as a type only is no value. */
export function importSteps(node: SyntaxNode, reading: Reading): Step[] {
  const children = childrenOf(node);
  const from = children.find(({ name }) => name === 'String');
  if (!from || children[1]?.name === 'type') return [];
  const names: ImportedName[] = [];
  for (const [index, child] of children.entries()) {
    if (child.name === 'ImportGroup') names.push(...group(child, reading));
    else if (child.name === 'VariableDefinition') {
      const star = children[index - 1]?.name === 'as';
      names.push({ imported: star ? '*' : 'default', local: textAt(reading, child) });
    }
  }
  return [{ kind: 'import', from: unquote(textAt(reading, from)), names, at: node.from }];
}

export function exportSteps(node: SyntaxNode, reading: Reading): Step[] {
  const children = childrenOf(node);
  if (children[1]?.name === 'type') return [];
  const from = children.find(({ name }) => name === 'String');
  const listed = children.find(({ name }) => name === 'ExportGroup');
  if (from && children.some(({ name }) => name === 'from')) {
    const names = listed ? group(listed, reading) : star(children, reading);
    return [{ kind: 'reexport', from: unquote(textAt(reading, from)), names }];
  }
  if (listed) {
    return group(listed, reading).map(({ imported, local }) => exportOf(local, imported, listed));
  }
  const byDefault = children.some(({ name }) => name === 'default');
  const declared = children.find(({ name }) => /Declaration$/.test(name));
  if (declared) {
    const steps = reading.steps([declared]);
    const names = steps.flatMap(namesIn);
    return [...steps, ...names.map((name) => exportOf(byDefault ? 'default' : name, name, declared))];
  }
  const value = children.find(({ name }) => !/^(?:export|default|;|=|Equals)$/.test(name));
  return value ? [{ kind: 'export', name: 'default', value: reading.expression(value) }] : [];
}

function exportOf(name: string, local: string, node: SyntaxNode): Step {
  const value: Expression = { kind: 'name', name: local, at: node.from, end: node.to };
  return { kind: 'export', name, value };
}

function star(children: readonly SyntaxNode[], reading: Reading): ImportedName[] {
  const as = children.findIndex(({ name }) => name === 'as');
  return [{ imported: '*', local: as < 0 ? '*' : textAt(reading, children[as + 1]!) }];
}

function group(node: SyntaxNode, reading: Reading): ImportedName[] {
  const inner = childrenOf(node).filter(({ name }) => name !== '{' && name !== '}');
  return splitAt(inner, ',').flatMap((parts): ImportedName[] => {
    if (parts.length > 1 && parts[0]!.name === 'type') return [];
    const names = parts.filter(({ name }) => name !== 'as' && name !== 'type');
    const [first, second] = names;
    if (!first) return [];
    const text = (each: SyntaxNode): string =>
      each.name === 'String' ? unquote(textAt(reading, each)) : textAt(reading, each);
    return [{ imported: text(first), local: text(second ?? first) }];
  });
}

/** The variables a step declares. */
function namesIn(step: Step): string[] {
  if (step.kind === 'define') return [step.name];
  return step.kind === 'bind' ? boundBy(step.target) : [];
}

function boundBy(target: Pattern): string[] {
  switch (target.kind) {
    case 'variable':
      return [target.name];
    case 'defaulted':
      return boundBy(target.target);
    case 'fields':
      return [
        ...target.fields.flatMap((field) => boundBy(field.target)),
        ...(target.rest ? boundBy(target.rest) : []),
      ];
    case 'items':
      return [
        ...target.items.flatMap((item) => (item ? boundBy(item) : [])),
        ...(target.rest ? boundBy(target.rest) : []),
      ];
    default:
      return [];
  }
}
