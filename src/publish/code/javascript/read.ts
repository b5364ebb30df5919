import type { Parser, SyntaxNode } from '@lezer/common';
import { childrenOf, maxNesting, opaque, type Reading } from '../syntax.ts';
import type { FunctionCode, Program, Step } from '../tree.ts';
import { expressionOf } from './expressions.ts';
import { parametersOf, patternOf } from './patterns.ts';
import { statementSteps } from './statements.ts';

/**
 * Reads a JavaScript or TypeScript module. The parser goes on after syntax errors; what it cannot place is left out.
 * Bodies of functions are read when they are first asked for.
 */
export function readJavaScript(text: string, parser: Parser): Program {
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
    steps: (nodes) => deeper(() => stepsOf(nodes, reading), []),
    function: (node, name) => functionOf(node, name, reading),
  };
  return { steps: stepsOf(childrenOf(parser.parse(text).topNode), reading), language: 'javascript' };
}

function stepsOf(nodes: readonly SyntaxNode[], reading: Reading): Step[] {
  return nodes.flatMap((node) => statementSteps(node, reading));
}

function functionOf(node: SyntaxNode, name: string, reading: Reading): FunctionCode {
  const children = childrenOf(node);
  const parameters = children.find((each) => each.name === 'ParamList');
  let steps: Step[] | undefined;
  const body = (): Step[] => {
    const block = children.find((each) => each.name === 'Block');
    if (block) return reading.steps(childrenOf(block));
    const value = children.at(-1);
    return value && value !== parameters ? [{ kind: 'return', value: reading.expression(value) }] : [];
  };
  return {
    name,
    parameters: parameters ? parametersOf(parameters, reading) : [],
    body: () => (steps ??= body()),
    at: node.from,
    arrow: node.name === 'ArrowFunction',
  };
}
