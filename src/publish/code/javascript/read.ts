import type { Parser, SyntaxNode } from '@lezer/common';
import { brokenAt, childrenOf, maxNesting, opaque, type Reading } from '../syntax.ts';
import type { FunctionCode, Parameter, Program, Step } from '../tree.ts';
import { expressionOf } from './expressions.ts';
import { parametersOf, patternOf } from './patterns.ts';
import { statementSteps } from './statements.ts';

/**
 * Reads a JavaScript or TypeScript module. The parser goes on after syntax errors; what it cannot place is left out.
 * Bodies of functions are read when they are first asked for.
 */
export function readJavaScript(written: string, parser: Parser): Program {
  const text = withoutExportedTypes(withoutAsyncGenerics(written));
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
  const tree = parser.parse(text);
  return {
    steps: stepsOf(childrenOf(tree.topNode), reading),
    language: 'javascript',
    ...brokenAt(tree),
  };
}

/** `async <T>(x: T) => x` reads as a comparison; the type parameters, blanked out, leave every place as it was. */
function withoutAsyncGenerics(text: string): string {
  return text.replace(
    /\basync(\s*)(<[^(){};]{1,300}?>)(?=\s*\()/g,
    (_whole, space: string, generics: string) => `async${space}${' '.repeat(generics.length)}`,
  );
}

/**
 * `export { type A, b } from './c'`: the grammar does not know the inner `type`, and loses its way over two of them.
 * Blanked out, it leaves every place as it was; the name of a type is then one that nobody asks for.
 */
function withoutExportedTypes(text: string): string {
  return text.replace(/\bexport\s*\{[^{}]*\}/g, (group) =>
    group.replace(
      /([{,]\s*)type(?=\s+(?!as\b(?!\s+as\b))[\w$])/g,
      (_whole, before: string) => `${before}    `,
    ),
  );
}

function stepsOf(nodes: readonly SyntaxNode[], reading: Reading): Step[] {
  return nodes.flatMap((node) => statementSteps(node, reading));
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
    const block = children.find((each) => each.name === 'Block');
    if (block) return reading.steps(childrenOf(block));
    const value = children.at(-1);
    return value && value.name !== 'ParamList' ? [{ kind: 'return', value: reading.expression(value) }] : [];
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
    arrow: node.name === 'ArrowFunction',
    async: childrenOf(node).some((each) => each.name === 'async'),
  };
}
