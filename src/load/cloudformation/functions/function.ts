import type { Span } from '../../../json/document.ts';
import type { Node } from '../../../json/node.ts';

/** Answers of conditions: `unknown` when the parameter values in force do not decide. */
export type Truth = boolean | 'unknown';

/** What an intrinsic function may ask of the template it stands in. Undefined always is AWS::NoValue. */
export interface Call {
  /** The whole call, key and argument. */
  readonly span: Span;
  /** The template, for keys of unknown values that are its own. */
  readonly template: string;
  resolve(node: Node): Node | undefined;
  ref(name: string, span: Span): Node | undefined;
  attribute(logicalId: string, attribute: string, span: Span): Node;
  condition(name: string): Truth;
  mapping(map: string, first: string, second: string): Node | undefined;
  imported(name: string, span: Span): Node;
}

export interface IntrinsicFunction {
  /** The key of the long form. */
  readonly key: string;
  evaluate(argument: Node, call: Call): Node | undefined;
}
