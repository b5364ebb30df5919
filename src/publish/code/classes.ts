import { type Frame, frameOf } from './frame.ts';
import { type Call, callOf, type Interpreter } from './machine.ts';
import { setField } from './objects.ts';
import type { ClassCode } from './tree.ts';
import {
  type Atom,
  Cell,
  type ClassValue,
  type Closure,
  nothing,
  Scope,
  Thing,
  text,
  unknown,
  type Value,
} from './values.ts';

const maxInjected = 6;

/** Classes and the objects that are made of them. */
export class Classes {
  private readonly machine: Interpreter;
  private readonly run: (closure: Closure, call: Call) => Value;

  constructor(machine: Interpreter, run: (closure: Closure, call: Call) => Value) {
    this.machine = machine;
    this.run = run;
  }

  /** A class as its declaration makes it, with what all its objects share. */
  classOf(code: ClassCode, frame: Frame): ClassValue {
    const base = code.base ? this.machine.evaluate(code.base, frame) : [];
    const scope = new Scope(frame.scope, true);
    const type: ClassValue = { code, scope, module: frame.module, base, shared: new Thing() };
    const self: Value = [{ kind: 'class', type }];
    for (const { name, value, shared } of code.fields) {
      if (!shared || !value) continue;
      const cell = scope.declare(name);
      this.machine.memory.write(cell, this.machine.evaluate(value, { ...frame, scope, self }));
      type.shared.fields.set(name, cell);
    }
    for (const { name, code: method, shared } of code.methods) {
      if (shared)
        type.shared.fields.set(
          name,
          new Cell([
            { kind: 'function', closure: { code: method, scope: frame.scope, self, module: frame.module } },
          ]),
        );
    }
    return type;
  }

  /** A new object; the constructor runs. */
  create(type: ClassValue, call: Call): Value {
    const thing = new Thing(type);
    const self: Value = [{ kind: 'object', object: thing }];
    this.construct(type, self, call);
    return self;
  }

  private construct(type: ClassValue, self: Value, call: Call): void {
    const { code, scope, module } = type;
    const own = code.methods.find(({ name }) => name === 'constructor' || name === '__init__');
    const extending = type.base.some(({ kind }) => kind === 'class');
    // Fields are there before the constructor's own steps, and after those of what is extended.
    if (!own && extending) this.baseConstruct(type, self, call);
    if (!own || !extending) this.fields(type, self);
    if (own) this.run({ code: own.code, scope, self, module, home: type }, call);
    if (own || module.endsWith('.py') === false) return;
    this.fillIn(type, self, call);
  }

  /** Fields with a value; one that is only declared leaves what is there. */
  private fields({ code, scope, module }: ClassValue, self: Value): void {
    const frame = frameOf(scope, module, self);
    for (const { name, value, shared } of code.fields) {
      if (!shared && value)
        setField(self, text(name), this.machine.evaluate(value, frame), this.machine.memory);
    }
  }

  /** Data classes and models of Python: the arguments become fields, and what is not given has its default. */
  private fillIn({ code, shared }: ClassValue, self: Value, call: Call): void {
    const [atom] = self;
    if (atom?.kind !== 'object') return;
    const { fields } = atom.object;
    // Those of what is extended come first.
    let place = fields.size;
    for (const { name } of code.fields) {
      const given = call.named.get(name) ?? (fields.has(name) ? undefined : call.positional[place]);
      if (!fields.has(name)) place++;
      const value = given ?? shared.fields.get(name)?.value ?? call.otherNames;
      if (value.length > 0) fields.set(name, new Cell(value));
    }
    for (const [name, value] of call.named) if (!fields.has(name)) fields.set(name, new Cell(value));
  }

  /** An object that something unknown makes of a class: with objects of the classes that its parameters name. */
  inject(type: ClassValue, above: readonly ClassValue[] = []): Value {
    if (above.includes(type) || above.length > maxInjected) return unknown('an object');
    const own = type.code.methods.find(({ name }) => name === 'constructor');
    const given = own?.code.parameters.map(({ type: name }): Value => {
      const found = name === undefined ? [] : (type.scope.find(name)?.value ?? []);
      const [only] = found;
      return only?.kind === 'class' && found.length === 1
        ? this.inject(only.type, [...above, type])
        : unknown('what is injected');
    });
    return this.create(type, callOf(...(given ?? [])));
  }

  superCall({ of: self = [], home }: Atom & { kind: 'native' }, call: Call): Value {
    if (!home) return nothing;
    this.baseConstruct(home, self, call);
    this.fields(home, self);
    return nothing;
  }

  private baseConstruct({ base }: ClassValue, self: Value, call: Call): void {
    for (const atom of base) if (atom.kind === 'class') this.construct(atom.type, self, call);
  }
}

/** A class without methods of its own does nothing, whoever has an object of it. */
export function isData({ code }: ClassValue): boolean {
  return code.methods.every(({ name }) => name === 'constructor' || name.startsWith('__'));
}
