import { argument, callOf } from '../machine.ts';
import { elementsOf, type Native } from './native.ts';

/** What functions themselves can do; a bound function keeps its own `this` here. */
export const functionMethods: Readonly<Record<string, Native>> = {
  'function.call': (call, { of, machine }) => machine.invoke(of, callOf(...call.positional.slice(1))),
  'function.apply': (call, { of, machine }) =>
    machine.invoke(of, { ...callOf(), rest: elementsOf(argument(call, 1)) }),
  'function.bind': (call, { of }) => {
    const [self = [], ...positional] = call.positional;
    return of.map((atom) => {
      if (atom.kind !== 'function') return atom;
      const { closure } = atom;
      const bound = { positional: [...(closure.bound?.positional ?? []), ...positional], named: new Map() };
      return { kind: 'function', closure: { ...closure, self: closure.self ?? self, bound } };
    });
  },
  // Handlers that middleware wrapped are chained: handler.use(…).before(…).
  'function.use': (_call, { of }) => of,
  'function.before': (_call, { of }) => of,
  'function.after': (_call, { of }) => of,
  'function.onError': (_call, { of }) => of,
  'function.handler': (call, { of }) => {
    const given = argument(call, 0);
    return [...of, ...given.filter(({ kind }) => kind === 'function')];
  },
};
