import type { Frame } from './frame.ts';
import { otherwise } from './guards.ts';
import type { Interpreter } from './machine.ts';
import { setField } from './objects.ts';
import type { Pattern } from './tree.ts';
import { join, List, Thing, type Value } from './values.ts';

/** Gives a value to the variables and places of a pattern. `declares`: they are new in this scope, or its function. */
export function bind(
  target: Pattern,
  value: Value,
  declares: boolean | 'function',
  frame: Frame,
  machine: Interpreter,
): void {
  const inner = (pattern: Pattern, part: Value): void => bind(pattern, part, declares, frame, machine);
  switch (target.kind) {
    case 'variable': {
      const { scope } = frame;
      const found = declares || frame.python ? undefined : scope.find(target.name);
      const own = frame.python || declares === 'function' ? scope.function() : scope;
      // Python comprehensions and JavaScript blocks have variables of their own.
      const cell = found ?? (declares === true && frame.python ? scope : own).declare(target.name);
      machine.memory.write(cell, value);
      return;
    }
    case 'place':
      setField(
        machine.evaluate(target.of, frame),
        machine.evaluate(target.key, frame),
        value,
        machine.memory,
      );
      return;
    case 'defaulted': {
      const given = value.filter((atom) => !(atom.kind === 'constant' && atom.value === null));
      const certain = given.length === value.length && given.length > 0;
      inner(
        target.target,
        certain ? given : join(given, otherwise(given, machine.evaluate(target.value, frame))),
      );
      return;
    }
    case 'fields':
      for (const { key, target: field } of target.fields)
        inner(field, machine.member(value, machine.evaluate(key, frame), frame));
      if (target.rest) inner(target.rest, restOf(value));
      return;
    case 'items':
      for (const [index, item] of target.items.entries())
        if (item) inner(item, machine.member(value, [{ kind: 'number', number: index }], frame));
      if (target.rest) inner(target.rest, [{ kind: 'list', list: new List(machine.element(value, frame)) }]);
      return;
    case 'nothing':
  }
}

/** `{ a, ...rest }`: an object of the same fields; that some are missing does not matter. */
function restOf(value: Value): Value {
  return value.map((atom) => {
    if (atom.kind !== 'object') return atom;
    const thing = new Thing();
    for (const [key, cell] of atom.object.fields) thing.fields.set(key, cell);
    thing.others.value = atom.object.others.value;
    return { kind: 'object', object: thing };
  });
}
