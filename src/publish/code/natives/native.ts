import type { Call, Machine } from '../machine.ts';
import { join, List, type Value } from '../values.ts';

/** What a native function or method does with its arguments; `of`: what the method is one of. */
export type Native = (call: Call, context: { readonly of: Value; readonly machine: Machine }) => Value;

export function listOf(elements: Value): Value {
  return [{ kind: 'list', list: new List(elements) }];
}

/** Some element of whatever lists a value may be. */
export function elementsOf(value: Value): Value {
  return join(
    ...value.map((atom): Value => {
      if (atom.kind === 'list') return atom.list.elements.value;
      if (atom.kind === 'received') return [{ kind: 'received', path: [...atom.path, '[]'] }];
      return atom.kind === 'constant' || atom.kind === 'object'
        ? []
        : [{ kind: 'unknown', what: 'an element' }];
    }),
  );
}

/** What was written as JSON, read again. */
export function parsedJson(value: Value): Value {
  return join(
    ...value.map((atom): Value => {
      if (atom.kind === 'json') return atom.of;
      if (atom.kind === 'received') return [{ kind: 'received', path: [...atom.path, '(json)'] }];
      return atom.kind === 'constant' ? [] : [{ kind: 'unknown', what: 'parsed JSON' }];
    }),
  );
}
