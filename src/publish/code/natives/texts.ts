import { hasHole } from '../../../json/holes.ts';
import { argument, type Machine } from '../machine.ts';
import { concatenated, textsOf } from '../texts.ts';
import { join, List, text, type Value } from '../values.ts';
import { listOf, type Native } from './native.ts';

/** A change of texts that is made where they are known. */
function changed(change: (text: string) => string): Native {
  return (_call, { of, machine }) =>
    join(
      ...of.map(
        (atom): Value =>
          atom.kind === 'json'
            ? [atom]
            : join(...textsOf([atom], machine).map((each) => text(known(each, change, machine)))),
      ),
    );
}

function known(each: string, change: (text: string) => string, machine: Machine): string {
  return hasHole(each) ? machine.hole('a changed text') : change(each);
}

const same: Native = (_call, { of }) => of;

/** `'{}-{name}'.format(a, name=b)`. */
const format: Native = (call, { of, machine }) =>
  join(
    ...textsOf(of, machine).map((template) => {
      let next = 0;
      const parts = template.split(/(\{[^{}]*\})/).map((part): Value => {
        const field = /^\{([^{}:!]*)\}$/.exec(part);
        if (!field) return /^\{/.test(part) ? [{ kind: 'unknown', what: 'a formatted text' }] : text(part);
        const key = field[1]!;
        const index = key === '' ? next++ : Number(key);
        const value = Number.isInteger(index) ? argument(call, index) : (call.named.get(key) ?? []);
        return value.length > 0 ? value : [{ kind: 'unknown', what: 'a formatted text' }];
      });
      return concatenated(parts, machine);
    }),
  );

/** A method whose answer is a text, where the text and its arguments are known; otherwise a hole. */
function answered(answer: (text: string, given: readonly (string | number)[]) => string | undefined): Native {
  return (call, { of, machine }) =>
    join(
      ...of.map((atom): Value => {
        const given = call.positional.map((value) => plain(value));
        const known =
          atom.kind === 'text' && !hasHole(atom.text) && given.every((each) => each !== undefined);
        const made = known ? answer(atom.text, given as (string | number)[]) : undefined;
        return text(made ?? machine.hole('a changed text'));
      }),
    );
}

/** The one text or number a value is. */
function plain(value: Value): string | number | undefined {
  const [atom] = value;
  if (value.length !== 1) return undefined;
  if (atom?.kind === 'text' && !hasHole(atom.text)) return atom.text;
  return atom?.kind === 'number' ? atom.number : undefined;
}

const index = (given: string | number | undefined): number | undefined =>
  typeof given === 'number' ? given : undefined;

const part = answered((each, [from, to]) => each.slice(index(from), index(to)));

const replaced = (all: boolean): Native =>
  answered((each, [from, to]) => {
    if (typeof from !== 'string' || typeof to !== 'string') return undefined;
    return all ? each.split(from).join(to) : each.replace(from, () => to);
  });

/** `'a.b'.split('.')`: the parts in order. */
const split: Native = (call, { of, machine }) => {
  const [only] = of;
  const separator = plain(argument(call, 0));
  const whole = of.length === 1 && only?.kind === 'text' && !hasHole(only.text) ? only.text : undefined;
  if (whole === undefined || typeof separator !== 'string' || separator === '')
    return listOf([{ kind: 'text', text: machine.hole('a part of a text') }]);
  const parts = whole.split(separator).map(text);
  return [{ kind: 'list', list: new List(join(...parts), parts) }];
};

/** Methods of texts in both languages. */
export const textMethods: Readonly<Record<string, Native>> = {
  'text.toUpperCase': changed((each) => each.toUpperCase()),
  'text.upper': changed((each) => each.toUpperCase()),
  'text.toLowerCase': changed((each) => each.toLowerCase()),
  'text.lower': changed((each) => each.toLowerCase()),
  'text.capitalize': changed((each) => each.charAt(0).toUpperCase() + each.slice(1).toLowerCase()),
  'text.trim': changed((each) => each.trim()),
  'text.strip': changed((each) => each.trim()),
  'text.toString': same,
  'text.valueOf': same,
  'text.encode': same,
  'text.decode': same,
  'text.concat': (call, { of, machine }) => concatenated([of, ...call.positional], machine),
  'text.format': format,
  'text.join': (call, { of, machine }) => {
    const [only] = argument(call, 0);
    const fixed = only?.kind === 'list' ? only.list.fixed : undefined;
    if (!fixed) return [{ kind: 'text', text: machine.hole('a joined text') }];
    return concatenated(
      fixed.flatMap((part, index) => (index > 0 ? [of, part] : [part])),
      machine,
    );
  },
  'text.split': split,
  // Python's replaces all; JavaScript's the first, which in names is all there is.
  'text.replace': replaced(true),
  'text.replaceAll': replaced(true),
  'text.charAt': answered((each, [at]) => each.charAt(index(at) ?? 0)),
  'text.at': answered((each, [at]) => each.at(index(at) ?? 0)),
  'text.slice': part,
  'text.substring': answered((each, [from, to]) => each.substring(index(from) ?? 0, index(to))),
  'text.substr': answered((each, [from, size]) => each.substr(index(from) ?? 0, index(size))),
  'text.title': changed((each) =>
    each.toLowerCase().replace(/[a-z]+/g, (word) => word[0]!.toUpperCase() + word.slice(1)),
  ),
  'text.lstrip': changed((each) => each.trimStart()),
  'text.rstrip': changed((each) => each.trimEnd()),
  'text.trimStart': changed((each) => each.trimStart()),
  'text.trimEnd': changed((each) => each.trimEnd()),
  'text.removeprefix': answered((each, [head]) =>
    each.startsWith(String(head)) ? each.slice(String(head).length) : each,
  ),
  'text.removesuffix': answered((each, [tail]) =>
    tail !== '' && each.endsWith(String(tail)) ? each.slice(0, -String(tail).length) : each,
  ),
  'text.padStart': answered((each, [size, fill]) =>
    each.padStart(Math.min(index(size) ?? 0, 200), typeof fill === 'string' ? fill : ' '),
  ),
  'text.padEnd': answered((each, [size, fill]) =>
    each.padEnd(Math.min(index(size) ?? 0, 200), typeof fill === 'string' ? fill : ' '),
  ),
};
