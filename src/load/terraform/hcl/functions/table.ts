import type { Span } from '../../../../json/document.ts';
import type { Node } from '../../../../json/node.ts';
import type { Names } from '../names.ts';
import { collectionFunctions } from './collections.ts';
import { encodingFunctions } from './encodings.ts';
import type { Function } from './function.ts';
import { textFunctions } from './texts.ts';

const functions: ReadonlyMap<string, Function> = new Map([
  ...textFunctions,
  ...collectionFunctions,
  ...encodingFunctions,
]);

/** Calls a function by its name; undefined when what it gives is not known. */
export function callFunction(
  name: string,
  given: readonly Node[],
  span: Span,
  names: Names,
): Node | undefined {
  return functions.get(name.replace(/^core::/, ''))?.(given, span, names);
}
