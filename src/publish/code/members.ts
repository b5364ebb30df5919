import type { Machine } from './machine.ts';
import { keysOf } from './texts.ts';
import { type Atom, type ClassValue, join, nothing, type Thing, unknown, type Value } from './values.ts';

/** What looking up members needs. */
export interface Lookup {
  readonly machine: Machine;
  readonly python: boolean;
  exported(module: string, name: string): Value;
  /** Calls a getter. */
  invoke(callee: Value): Value;
}

/** A member, by name or index, of whatever a value may be. */
export function memberOf(of: Value, key: Value, lookup: Lookup): Value {
  const { known, others } = keysOf(key);
  return join(
    ...of.flatMap((atom): Value[] => {
      const named = known.map((name) => oneMember(atom, name, lookup));
      return others ? [...named, anyMember(atom, key)] : named;
    }),
  );
}

function oneMember(atom: Atom, name: string, lookup: Lookup): Value {
  switch (atom.kind) {
    case 'object':
      return objectMember(atom, name, lookup);
    case 'list':
      if (/^-?\d+$/.test(name)) {
        const at = Number(name);
        return atom.list.fixed ? (atom.list.fixed.at(at) ?? nothing) : atom.list.elements.value;
      }
      return name === 'length' ? unknown('a length') : [{ kind: 'native', path: `list.${name}`, of: [atom] }];
    case 'text':
    case 'json':
    case 'number':
      // The value of a member of a Python enumeration is the member here.
      if (name === 'value') return [atom];
      return [{ kind: 'native', path: `text.${name}`, of: [atom] }];
    case 'received':
      return [{ kind: 'received', path: [...atom.path, /^-?\d+$/.test(name) ? `[${name}]` : name] }];
    case 'function':
      if (/^(?:call|apply|bind)$/.test(name))
        return [{ kind: 'native', path: `function.${name}`, of: [atom] }];
      // Wrapped handlers are chained: handler.use(…).
      return [{ kind: 'native', path: `function.${name}`, of: [atom] }];
    case 'class':
      return sharedMember(atom.type, name) ?? [{ kind: 'native', path: `class.${name}`, of: [atom] }];
    case 'module':
      return lookup.exported(atom.path, name);
    case 'native':
      return nativeMember(atom, name, lookup);
    case 'constant':
      return [];
    case 'test':
    case 'unknown':
      return [atom];
  }
}

function anyMember(atom: Atom, key: Value): Value {
  switch (atom.kind) {
    case 'object':
      return join(...[...atom.object.fields.values()].map(({ value }) => value), atom.object.others.value);
    case 'list':
      return atom.list.elements.value;
    case 'received':
      return [{ kind: 'received', path: [...atom.path, '[]'] }];
    case 'native':
      return [{ kind: 'native', path: `${atom.path.slice(0, 200)}[]` }];
    case 'constant':
      return [];
    default:
      return key.length > 0 ? unknown('a member') : [];
  }
}

function objectMember(atom: Atom & { kind: 'object' }, name: string, lookup: Lookup): Value {
  const { object } = atom;
  if (object.map) return [{ kind: 'native', path: `map.${name}`, of: [atom] }];
  const field = object.fields.get(name);
  const others = object.others.value.map((other): Value => {
    return other.kind === 'received' ? [{ kind: 'received', path: [...other.path, name] }] : [other];
  });
  // A field that is set after an object was spread into this one hides that object's.
  if (field) return field.value;
  const getter = object.getters.get(name);
  if (getter) return lookup.invoke(getter);
  const method = object.type && classMember(object.type, name, [atom], lookup);
  if (method) return method;
  const own: Value = [{ kind: 'native', path: `dict.${name}`, of: [atom] }];
  if (others.length > 0)
    return lookup.python && dictionaryMethods.has(name) ? join(own, ...others) : join(...others);
  // Methods that dictionaries and objects have of their own.
  return lookup.python || ownMethods.has(name) ? own : nothing;
}

const dictionaryMethods: ReadonlySet<string> = new Set(
  'get pop popitem setdefault update clear copy items keys values'.split(' '),
);
const ownMethods: ReadonlySet<string> = new Set(['toJSON', 'toString', 'hasOwnProperty', 'valueOf']);

/** A method bound to its object, or what a getter gives; from the class or what it extends. */
function classMember(type: ClassValue, name: string, self: Value, lookup: Lookup): Value | undefined {
  const method = type.code.methods.find((each) => each.name === name && !each.shared);
  if (method) {
    const { scope, module } = type;
    const closure = { code: method.code, scope, self, module, home: type };
    const bound: Value = [{ kind: 'function', closure }];
    return method.getter ? lookup.invoke(bound) : bound;
  }
  const shared = sharedOf(type, name);
  if (shared) return shared;
  for (const atom of type.base) {
    const found = atom.kind === 'class' ? classMember(atom.type, name, self, lookup) : undefined;
    if (found) return found;
  }
  return undefined;
}

function sharedOf({ shared }: ClassValue, name: string): Value | undefined {
  return (shared as Thing).fields.get(name)?.value;
}

function sharedMember(type: ClassValue, name: string): Value | undefined {
  const own = sharedOf(type, name);
  if (own) return own;
  for (const atom of type.base) {
    const found = atom.kind === 'class' ? sharedMember(atom.type, name) : undefined;
    if (found) return found;
  }
  return undefined;
}

function nativeMember(atom: Atom & { kind: 'native' }, name: string, lookup: Lookup): Value {
  const { machine } = lookup;
  if (atom.path === 'global:process.env' || atom.path === 'py:os.environ') {
    if (!/^(?:get|copy|items|keys)$/.test(name) || atom.path === 'global:process.env')
      return machine.environment(name);
  }
  if (atom.path === 'super') {
    for (const base of atom.home?.base ?? []) {
      const found = base.kind === 'class' && classMember(base.type, name, atom.of ?? [], lookup);
      if (found) return found;
    }
    if (name === '__init__') return [{ ...atom }];
    return [{ kind: 'native', path: 'super-method' }];
  }
  return [
    { kind: 'native', path: `${atom.path.slice(0, 200)}.${name}`, ...(atom.of ? { of: atom.of } : {}) },
  ];
}
