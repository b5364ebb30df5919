import type { Parser, SyntaxNode } from '@lezer/common';
import { brokenAt, childrenOf, maxNesting, opaque, type Reading, textAt } from '../syntax.ts';
import type { FunctionCode, Parameter, Pattern, Program, Step } from '../tree.ts';
import { expressionOf } from './expressions.ts';
import { parametersOf, statementSteps } from './statements.ts';

/** Reads a Python module. The parser goes on after syntax errors; what it cannot place is left out. */
export function readPython(text: string, parser: Parser): Program {
  let depth = 0;
  const deeper = <T>(read: () => T, otherwise: T): T => {
    if (depth >= maxNesting) return otherwise;
    depth++;
    try {
      return read();
    } finally {
      depth--;
    }
  };
  const reading: Reading = {
    text,
    expression: (node) =>
      node ? deeper(() => expressionOf(node, reading), opaque(node)) : opaque({ from: 0, to: 0 }),
    pattern: (node) => (node ? patternOf(node, reading) : { kind: 'nothing' }),
    steps: (nodes) => deeper(() => nodes.flatMap((node) => statementSteps(node, reading)), []),
    function: (node, name) => functionOf(node, name, reading),
  };
  const tree = parser.parse(text);
  const steps = childrenOf(tree.topNode).flatMap((node) => statementSteps(node, reading));
  return { steps, language: 'python', ...brokenAt(tree) };
}

function patternOf(node: SyntaxNode, reading: Reading): Pattern {
  if (node.name === 'VariableName') return { kind: 'variable', name: textAt(reading, node) };
  if (node.name === 'TupleExpression' || node.name === 'ArrayExpression') {
    const items = childrenOf(node).filter(({ name }) => !/^[()[\],]$/.test(name));
    return { kind: 'items', items: items.map((each) => reading.pattern(each)) };
  }
  const place = reading.expression(node);
  return place.kind === 'member' ? { kind: 'place', of: place.of, key: place.key } : { kind: 'nothing' };
}

/** Most functions of a large file are never called: nothing of one is read before somebody does. */
function functionOf(node: SyntaxNode, name: string, reading: Reading): FunctionCode {
  let parameters: Parameter[] | undefined;
  let steps: Step[] | undefined;
  const parametersNode = (): SyntaxNode | undefined =>
    childrenOf(node).find((each) => each.name === 'ParamList');
  const parametersRead = (): Parameter[] => {
    const list = parametersNode();
    return list ? parametersOf(list, reading) : [];
  };
  const body = (): Step[] => {
    const children = childrenOf(node);
    const block = children.find((each) => each.name === 'Body');
    if (block) return reading.steps(childrenOf(block));
    const value = children.at(-1);
    return value ? [{ kind: 'return', value: reading.expression(value) }] : [];
  };
  return {
    name,
    get parameters() {
      parameters ??= parametersRead();
      return parameters;
    },
    body: () => {
      steps ??= body();
      return steps;
    },
    at: node.from,
    arrow: node.name === 'LambdaExpression',
    async: childrenOf(node).some((each) => each.name === 'async'),
  };
}
