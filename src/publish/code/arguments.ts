import type { Frame } from './frame.ts';
import type { Call, Interpreter } from './machine.ts';
import type { Argument } from './tree.ts';
import { join, type Value } from './values.ts';

/** The arguments of a call or the items of a list, evaluated. */
export function argumentsOf(args: readonly Argument[], frame: Frame, machine: Interpreter): Call {
  const positional: Value[] = [];
  const named = new Map<string, Value>();
  let rest: Value = [];
  let otherNames: Value = [];
  for (const { value, spread, name } of args) {
    const given = machine.evaluate(value, frame);
    if (name !== undefined) named.set(name, given);
    else if (spread === 'object') {
      for (const atom of given) {
        if (atom.kind === 'object') {
          for (const [key, cell] of atom.object.fields)
            named.set(key, join(named.get(key) ?? [], cell.value));
          otherNames = join(otherNames, atom.object.others.value);
        } else otherNames = join(otherNames, [atom]);
      }
    } else if (spread === 'list') {
      const only = given.length === 1 ? given[0] : undefined;
      if (only?.kind === 'list' && only.list.fixed && rest.length === 0) positional.push(...only.list.fixed);
      else rest = join(rest, machine.element(given, frame));
    } else if (rest.length > 0) rest = join(rest, given);
    else positional.push(given);
  }
  return { positional, rest, named, otherNames };
}
