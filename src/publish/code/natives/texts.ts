import { hasHole } from '../../../json/holes.ts';
import { argument, type Machine } from '../machine.ts';
import { concatenated, textsOf } from '../texts.ts';
import { join, text, type Value } from '../values.ts';
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
  'text.split': (_call, { machine }) => listOf([{ kind: 'text', text: machine.hole('a part of a text') }]),
  'text.replace': (_call, { machine }) => [{ kind: 'text', text: machine.hole('a changed text') }],
};
