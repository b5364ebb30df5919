import { argument, type Call, callOf, type Machine } from './machine.ts';
import { dictMethods, mapMethods } from './natives/dicts.ts';
import { functionMethods } from './natives/functions.ts';
import { generatedCode } from './natives/generated.ts';
import { javaScriptGlobals } from './natives/javascript.ts';
import { listMethods } from './natives/lists.ts';
import type { Native } from './natives/native.ts';
import { pythonGlobals } from './natives/python.ts';
import { textMethods } from './natives/texts.ts';
import { setField } from './objects.ts';
import { type Atom, native, nothing, text, type Value } from './values.ts';

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

const bundled = 'bundled:';

/** The package whose module a bundler keeps under this name, as something native. */
export function bundledPackage(name: string): Value | undefined {
  const found = /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/@][^/]*)\/(?!.*node_modules\/)/.exec(name);
  return found ? native(bundled + found[1]) : undefined;
}

/** What a call of something native gives, where it matters; undefined: nobody knows. */
export function nativeCall(atom: Atom & { kind: 'native' }, call: Call, machine: Machine): Value | undefined {
  const known = natives.get(atom.path);
  if (known) return known(call, { of: atom.of ?? [], machine });
  // A package in a bundle: what it exports is what an import of it would give.
  if (atom.path.startsWith(bundled)) {
    setField(
      argument(call, 1),
      text('exports'),
      native(`npm:${atom.path.slice(bundled.length)}`),
      machine.memory,
    );
    return nothing;
  }
  // Promises: what `then` is given is what the call before gives.
  if (/\.(?:then|catch|finally)$/.test(atom.path)) {
    const callee = argument(call, 0);
    return callee.some(({ kind }) => kind === 'function') ? machine.invoke(callee, callOf([atom])) : [atom];
  }
  return undefined;
}
