import { argumentsOf } from './arguments.ts';
import { bind } from './bind.ts';
import { Classes, isData } from './classes.ts';
import { type Frame, frameOf, type Surroundings, superOf } from './frame.ts';
import { standingIn } from './guards.ts';
import { argument, type Call, callOf, type Interpreter } from './machine.ts';
import { elementsOf, listOf } from './natives/native.ts';
import { nativeCall } from './natives.ts';
import { change, setField } from './objects.ts';
import { truthOf } from './tests.ts';
import type { Expression, FunctionCode } from './tree.ts';
import {
  type Atom,
  type Below,
  Cell,
  type Closure,
  type Given,
  join,
  List,
  native,
  nothing,
  Scope,
  Thing,
  text,
  unknown,
  type Value,
} from './values.ts';

const maxDepth = 60;
/** Functions of packages that change the object they are given. */
const changing =
  /\.(?:set|unset|merge|mergeWith|defaults|defaultsDeep|assign|assignIn|extend|update|mutate|pull|remove)$/;
const container = /\.(?:resolve|resolveAsync|get|getAsync|create|createInstance|make|inject|instantiate)$/;
/** How often one function may be at work at the same time. */
const maxActive = 2;

/** Calls of functions, methods and classes. */
export class Calls {
  /** Functions handed to something unknown while a module was loaded: they may be called later. */
  private readonly deferred: Value[] = [];
  private readonly machine: Interpreter;
  private readonly around: Surroundings;
  private readonly active = new Map<FunctionCode, number>();
  /** Functions that were called at least once. */
  private readonly ran = new Set<FunctionCode>();
  private depth = 0;
  /** What the function that ran last makes sure of, unless it throws. */
  private ensured: Below | undefined;

  readonly classes: Classes;

  constructor(machine: Interpreter, around: Surroundings) {
    this.classes = new Classes(machine, (closure, call) => this.run(closure, call));
    this.machine = machine;
    this.around = around;
  }

  call(node: Expression & { kind: 'call' }, frame: Frame): Value {
    const { callee } = node;
    if (frame.python && callee.kind === 'name' && callee.name === 'super') return superOf(frame);
    const value = this.machine.evaluate(callee, frame);
    const call = argumentsOf(node.args, frame, this.machine);
    const last =
      callee.kind === 'name'
        ? callee.name
        : callee.kind === 'member' && callee.key.kind === 'text'
          ? callee.key.text
          : '';
    this.machine.placed(node.at, frame.module);
    if (publishesByName(last, value)) {
      this.around.publishes(this.inputOf(call), node.at, node.end, frame.module);
      this.callBacks(call);
      return native('published');
    }
    // Nothing is called in vain: what is not there is something that was not read.
    if (value.every(({ kind }) => kind === 'constant')) this.callUnknown(call, node, frame);
    this.ensured = undefined;
    const made = join(...value.map((atom) => this.callAtom(atom, call, node, frame)));
    const [only, ...others] = value;
    if (only?.kind === 'function' && others.length === 0) this.machine.guards.assume(this.ensured);
    this.ensured = undefined;
    return made;
  }

  private callUnknown(call: Call, node: Expression & { kind: 'call' }, frame: Frame): Value {
    this.around.lost(node.at, frame.module);
    this.callBacks(call);
    return unknown('a call');
  }

  /** The input of a request: the first argument, or an object of keyword arguments. */
  private inputOf(call: Call): Value {
    if (call.named.size === 0 && call.otherNames.length === 0) return argument(call, 0);
    const thing = new Thing();
    for (const [name, value] of call.named) thing.fields.set(name, new Cell(value));
    thing.others.value = call.otherNames;
    return [{ kind: 'object', object: thing }];
  }

  private callAtom(atom: Atom, call: Call, node: Expression & { kind: 'call' }, frame: Frame): Value {
    switch (atom.kind) {
      case 'function':
        if (node.creates) {
          const self: Value = [{ kind: 'object', object: new Thing() }];
          this.run({ ...atom.closure, self }, call);
          return self;
        }
        return this.run(atom.closure, call);
      case 'class':
        return this.classes.create(atom.type, call);
      case 'native': {
        if (atom.path === 'super') return this.classes.superCall(atom, call);
        this.around.uses(atom.path);
        const known = nativeCall(atom, call, this.machine);
        if (known) return known;
        const given = [...call.positional, call.rest, ...call.named.values()].flat();
        this.callBacks(call);
        if (changing.test(atom.path)) change(given, this.machine.memory);
        const back = given.flatMap((each): Value => {
          if (each.kind === 'function') return [each];
          if (each.kind !== 'class') return [];
          // A container of dependencies gives what it is asked for by its class; a decorator gives the class back.
          return container.test(atom.path) ? this.classes.inject(each.type) : [each];
        });
        const decorates = back.some(({ kind }) => kind === 'class');
        return decorates ? back : [{ kind: 'native', path: `${atom.path.slice(0, 200)}()` }, ...back];
      }
      case 'received':
        return this.receivedCall(atom, call);
      case 'constant':
      case 'text':
      case 'number':
        return [];
      case 'object':
      case 'module':
        // A callable object, or a module used as its default export.
        return this.callUnknown(call, node, frame);
      default:
        return this.callUnknown(call, node, frame);
    }
  }

  /** `event.Records.map(f)`: f is called with something of what was received. */
  private receivedCall(atom: Atom & { kind: 'received' }, call: Call): Value {
    const method = atom.path.at(-1);
    const owner: Atom = { kind: 'received', path: atom.path.slice(0, -1) };
    const element: Value = [{ kind: 'received', path: [...owner.path, '[]'] }];
    const [key] = argument(call, 0);
    if (method === 'get' && key?.kind === 'text')
      return join(
        [{ kind: 'received', path: [...owner.path, key.text] }],
        standingIn(call.positional[1] ?? []),
      );
    const functions = argument(call, 0).filter(({ kind }) => kind === 'function');
    if (functions.length === 0) return [{ kind: 'received', path: [...atom.path, '()'] }];
    if (method === 'reduce') {
      const start = argument(call, 1);
      return join(start, this.invoke(functions, callOf(start, element)));
    }
    const made = this.invoke(functions, callOf(element, unknown('an index'), [owner]));
    if (method === 'filter') return [owner];
    return method === 'map' || method === 'flatMap'
      ? listOf(method === 'map' ? made : join(made, elementsOf(made)))
      : made;
  }

  /** Functions handed to something unknown may be called with anything. */
  private callBacks(call: Call): void {
    const values = [...call.positional, call.rest, ...call.named.values()].flat();
    const given = functionsIn(values);
    // What an object of the project does when something unknown calls its methods is not followed.
    if (values.some((atom) => atom.kind === 'object' && atom.object.type && !isData(atom.object.type)))
      this.around.lost(-1, '');
    if (given.length === 0) return;
    if (this.depth === 0) this.deferred.push(given);
    else this.invoke(given, callOf(unknown('an argument'), unknown('an argument'), unknown('an argument')));
  }

  invoke(callee: Value, call: Call): Value {
    return join(
      ...callee.map((atom): Value => {
        if (atom.kind === 'function') return this.run(atom.closure, call);
        if (atom.kind === 'native') return nativeCall(atom, call, this.machine) ?? unknown('a call');
        return atom.kind === 'class' ? this.classes.create(atom.type, call) : unknown('a call');
      }),
    );
  }

  /** Calls what was handed to something unknown while modules were loaded and was not called since. */
  callDeferred(): void {
    for (const deferred of this.deferred.splice(0)) {
      const left = deferred.filter((atom) => atom.kind === 'function' && !this.ran.has(atom.closure.code));
      if (left.length > 0) this.invoke(left, callOf(unknown('an argument'), unknown('an argument')));
    }
  }

  private run(closure: Closure, given: Call): Value {
    const { code, home, bound } = closure;
    const call = bound ? givenBefore(bound, given) : given;
    const running = this.active.get(code) ?? 0;
    if (running >= maxActive) return [];
    if (this.depth >= maxDepth) {
      this.around.lost(code.at, closure.module);
      return unknown('a call');
    }
    this.active.set(code, running + 1);
    this.ran.add(code);
    this.depth++;
    try {
      const frame = frameOf(new Scope(closure.scope, true), closure.module, closure.self, home);
      this.machine.guards.apart(undefined, () => {
        this.parameters(code, call, frame);
        this.machine.execute(code.body(), frame, true);
      });
      // The exception of an asynchronous function is thrown where somebody waits for it.
      this.ensured = code.async ? undefined : frame.ensured.below;
      if (frame.yielded.length > 0) return listOf(join(...frame.yielded));
      if (frame.returned.length === 0) return nothing;
      return truthOf(frame.returned) ?? join(...frame.returned.map(({ value }) => value));
    } finally {
      this.active.set(code, running);
      this.depth--;
    }
  }

  private parameters({ parameters }: FunctionCode, call: Call, frame: Frame): void {
    const used = new Set<string>();
    for (const [index, { target, name, rest, field }] of parameters.entries()) {
      let value: Value;
      if (rest === 'list') value = restOf(call, index);
      else if (rest === 'object') {
        const thing = new Thing();
        for (const [key, given] of call.named) if (!used.has(key)) thing.fields.set(key, new Cell(given));
        thing.others.value = call.otherNames;
        value = [{ kind: 'object', object: thing }];
      } else {
        if (name !== undefined) used.add(name);
        const given = (name === undefined ? undefined : call.named.get(name)) ?? call.positional[index];
        value =
          given ??
          (call.rest.length + call.otherNames.length > 0
            ? join(call.rest, call.otherNames, nothing)
            : nothing);
      }
      bind(target, value, true, frame, this.machine);
      if (field !== undefined && frame.self) {
        setField(frame.self, text(field), frame.scope.find(field)?.value ?? value, this.machine.memory);
      }
    }
  }
}

export function closureOf(code: FunctionCode, frame: Frame): Closure {
  const { scope, self, module, home } = frame;
  return { code, scope, self, module, ...(home ? { home } : {}) };
}

/** `...rest`: the arguments that are left, in order where all are known. */
function restOf({ positional, rest }: Call, index: number): Value {
  const left = positional.slice(index);
  const list = rest.length > 0 ? new List(join(...left, rest)) : new List(join(...left), left);
  return [{ kind: 'list', list }];
}

function givenBefore({ positional, named }: Given, call: Call): Call {
  return {
    ...call,
    positional: [...positional, ...call.positional],
    named: new Map([...named, ...call.named]),
  };
}

/** Functions among values, and in the objects and lists among them. */
function functionsIn(values: Value, depth = 0): Value {
  if (depth > 2) return [];
  return values.flatMap((atom): Value => {
    if (atom.kind === 'function') return [atom];
    if (atom.kind === 'list') return functionsIn(atom.list.elements.value, depth + 1);
    if (atom.kind !== 'object' || atom.object.type) return [];
    return functionsIn(
      [...atom.object.fields.values()].flatMap(({ value }) => value),
      depth + 1,
    );
  });
}

/** Whether a call is PutEvents, by its name, unless it goes to a function of the project that has that name. */
function publishesByName(name: string, value: Value): boolean {
  if (value.some((atom) => atom.kind === 'native' && /[.:]PutEventsCommand$/.test(atom.path))) return true;
  if (name === 'PutEventsCommand') return true;
  return /^(?:putEvents|put_events)$/.test(name) && !value.some(({ kind }) => kind === 'function');
}
