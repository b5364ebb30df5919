import { argument, type Call, callOf, type Machine } from './machine.ts';
import { dictMethods, mapMethods } from './natives/dicts.ts';
import { functionMethods } from './natives/functions.ts';
import { generatedCode } from './natives/generated.ts';
import { javaScriptGlobals } from './natives/javascript.ts';
import { listMethods } from './natives/lists.ts';
import type { Native } from './natives/native.ts';
import { pythonGlobals } from './natives/python.ts';
import { textMethods } from './natives/texts.ts';
import type { Atom, Value } from './values.ts';

const natives: ReadonlyMap<string, Native> = new Map(
  [
    javaScriptGlobals,
    pythonGlobals,
    listMethods,
    textMethods,
    dictMethods,
    mapMethods,
    functionMethods,
    generatedCode,
  ].flatMap((table) => Object.entries(table)),
);

/** What a call of something native gives, where it matters; undefined: nobody knows. */
export function nativeCall(atom: Atom & { kind: 'native' }, call: Call, machine: Machine): Value | undefined {
  const native = natives.get(atom.path);
  if (native) return native(call, { of: atom.of ?? [], machine });
  // Promises: what `then` is given is what the call before gives.
  if (/\.(?:then|catch|finally)$/.test(atom.path)) {
    const callee = argument(call, 0);
    return callee.some(({ kind }) => kind === 'function') ? machine.invoke(callee, callOf([atom])) : [atom];
  }
  return undefined;
}
