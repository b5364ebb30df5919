import { hole } from '../../json/holes.ts';
import type { Budget } from '../../sets/budget.ts';
import { argumentsOf } from './arguments.ts';
import { bind } from './bind.ts';
import { Calls, closureOf } from './calls.ts';
import { type Frame, type Surroundings, superOf } from './frame.ts';
import { type Call, callOf, type Interpreter } from './machine.ts';
import { memberOf } from './members.ts';
import { Memory } from './memory.ts';
import { setField, spreadInto } from './objects.ts';
import { sumOf } from './sums.ts';
import { concatenated } from './texts.ts';
import type { Expression, Step } from './tree.ts';
import { type Atom, join, List, native, nothing, Scope, Thing, text, unknown, type Value } from './values.ts';

/**
 * Runs a program over sets of possible values: every branch, every loop once, calls with what they are given. Functions
 * of the project are followed; what they do in the end is told to the surroundings. Bounded by the budget.
 */
export class Evaluator implements Interpreter {
  readonly memory = new Memory();
  private readonly around: Surroundings;
  private readonly budget: Budget;
  readonly calls: Calls;
  readonly notes = new Map<string, Value>();
  private here = { at: 0, module: '' };
  /** How many conditions stand before what runs now. */
  private undecided = 0;
  /** How many loops that are unrolled stand around what runs now. */
  private unrolled = 0;

  constructor(around: Surroundings, budget: Budget) {
    this.around = around;
    this.budget = budget;
    this.calls = new Calls(this, around);
  }

  /** Whether what runs now runs only under some condition. Exceptions are not conditions: they end in a retry. */
  get conditional(): boolean {
    return this.undecided > 0;
  }

  invoke(callee: Value, call: Call): Value {
    return this.calls.invoke(callee, call);
  }

  /** Texts that are not known are told apart by this place from now on. */
  placed(at: number, module: string): this {
    this.here = { at, module };
    return this;
  }

  environment(name: string): Value {
    return this.around.environment(name);
  }

  publishes(input: Value): void {
    this.around.publishes(input, this.here.at, this.here.at + 1, this.here.module);
  }

  hole(what: string): string {
    return hole(`${what} at ${this.here.module}:${this.here.at}`);
  }

  execute(steps: readonly Step[], frame: Frame): void {
    for (const step of steps) {
      if (step.kind === 'define' && step.hoisted) this.define(step.name, step.value, frame);
    }
    let returnedEarly = 0;
    for (const step of steps) {
      const returns = frame.returned.length;
      this.step(step, frame);
      // What follows an early return runs only if that return was not taken.
      if (step.kind === 'branches' && frame.returned.length > returns) {
        returnedEarly++;
        this.undecided++;
      }
    }
    this.undecided -= returnedEarly;
  }

  private define(name: string, value: Expression, frame: Frame): void {
    this.memory.write(frame.scope.declare(name), this.evaluate(value, frame));
  }

  private step(step: Step, frame: Frame): void {
    this.budget.spend('reading code');
    switch (step.kind) {
      case 'do':
        this.evaluate(step.value, frame);
        return;
      case 'bind':
        bind(step.target, this.evaluate(step.value, frame), step.declares, frame, this);
        return;
      case 'return':
        frame.returned.push(step.value ? this.evaluate(step.value, frame) : nothing);
        return;
      case 'define':
        if (!step.hoisted) this.define(step.name, step.value, frame);
        return;
      case 'branches': {
        const runs = step.branches.map((steps) => () => {
          const scope = step.own ? new Scope(frame.scope, false) : frame.scope;
          this.execute(steps, { ...frame, scope });
        });
        if (runs.length === 1 && step.always) runs[0]!();
        else {
          if (!step.loop) this.undecided++;
          this.memory.branches(runs, step.always);
          if (!step.loop) this.undecided--;
        }
        return;
      }
      case 'each':
        this.each(step, frame);
        return;
      case 'import':
        this.import(step, frame);
        return;
      case 'export': {
        const { scope } = frame;
        const { value } = step;
        if (value.kind === 'name') {
          const { name } = value;
          this.around.exports(frame.module, step.name, () => scope.find(name)?.value ?? unknown(name));
        } else {
          const known = this.evaluate(value, frame);
          this.around.exports(frame.module, step.name, () => known);
        }
        return;
      }
      case 'reexport':
        for (const { imported, local } of step.names)
          this.around.reexports(frame.module, step.from, imported, local);
    }
  }

  /** Where the elements are told apart and few, a loop runs once for each, so that what belongs together stays together. */
  private each({ target, over, steps, own }: Step & { kind: 'each' }, frame: Frame): void {
    const of = this.evaluate(over, frame);
    const elements = this.unrolled > 0 ? undefined : elementsApart(of);
    const run = (element: Value): void => {
      const scope = own ? new Scope(frame.scope, false) : frame.scope;
      const inner = { ...frame, scope };
      bind(target, element, true, inner, this);
      this.execute(steps, inner);
    };
    if (!elements) {
      this.memory.branches([() => run(this.element(of, frame))], false);
      return;
    }
    this.unrolled++;
    for (const element of elements) this.memory.branches([() => run(element)], false);
    this.unrolled--;
  }

  private import({ from, names }: Step & { kind: 'import' }, frame: Frame): void {
    const module = this.around.imported(from, frame.module, frame.python);
    for (const { imported, local } of names) {
      if (imported === '*' && local === '*') {
        // Python: every name of the module.
        frame.scope.wild.push((name) => this.star(module, name));
        continue;
      }
      let value = imported === '*' ? module : this.importedName(module, imported, frame);
      // `from package import module`: the name is a file of the package.
      if (
        frame.python &&
        imported !== '*' &&
        value.every(({ kind }) => kind === 'constant' || kind === 'unknown')
      ) {
        const inner = this.around.imported(
          from.endsWith('.') ? from + imported : `${from}.${imported}`,
          frame.module,
          true,
        );
        if (inner.some(({ kind }) => kind === 'module')) value = inner;
      }
      if (value.every(({ kind }) => kind === 'constant')) {
        // Modules that import each other: what is not there yet is looked up when it is used.
        const late = imported;
        frame.scope.wild.push((name) =>
          name === local ? this.member(module, text(late), frame) : undefined,
        );
      } else this.memory.write(frame.scope.declare(local), value);
    }
  }

  /** A CommonJS module is its own default. */
  private importedName(module: Value, name: string, frame: Frame): Value {
    const value = this.member(module, text(name), frame);
    const own = name === 'default' && value.every(({ kind }) => kind === 'constant');
    return own && module.some(({ kind }) => kind !== 'module' && kind !== 'constant') ? module : value;
  }

  private star(module: Value, name: string): Value | undefined {
    for (const atom of module) {
      if (atom.kind !== 'module') continue;
      const value = this.around.exported(atom.path, name);
      if (value.some(({ kind }) => kind !== 'constant')) return value;
    }
    return undefined;
  }

  evaluate(node: Expression, frame: Frame): Value {
    this.budget.spend('reading code');
    switch (node.kind) {
      case 'text':
        return text(node.text);
      case 'number':
        return [{ kind: 'number', number: node.number }];
      case 'constant':
        return [{ kind: 'constant', value: node.value }];
      case 'name':
        return this.name(node.name, frame);
      case 'self':
        return frame.self ?? nothing;
      case 'join':
        return concatenated(
          node.parts.map((part) => this.evaluate(part, frame)),
          this.placed(node.at, frame.module),
        );
      case 'sum':
        return sumOf(
          this.evaluate(node.left, frame),
          this.evaluate(node.right, frame),
          this.placed(node.at, frame.module),
        );
      case 'member': {
        if (node.of.kind === 'self' && node.key.kind === 'text' && node.key.text === 'super')
          return superOf(frame);
        const of = this.evaluate(node.of, frame);
        return this.member(of, this.evaluate(node.key, frame), frame);
      }
      case 'call':
        return this.calls.call(node, frame);
      case 'object':
        return this.object(node, frame);
      case 'array': {
        const { positional, rest } = argumentsOf(node.items, frame, this);
        const fixed = node.items.some(({ spread }) => spread) && rest.length > 0 ? undefined : positional;
        return [{ kind: 'list', list: new List(join(...positional, rest), fixed) }];
      }
      case 'function':
        return [{ kind: 'function', closure: closureOf(node.code, frame) }];
      case 'class':
        return [{ kind: 'class', type: this.calls.classOf(node.code, frame) }];
      case 'choice':
        return join(...node.choices.map((choice) => this.evaluate(choice, frame)));
      case 'fallback': {
        const first = this.evaluate(node.first, frame);
        const there = first.filter((atom) => !(atom.kind === 'constant' && atom.value !== true));
        const certain = there.length > 0 && there.length === first.length && there.every(isThere);
        const second = this.evaluate(node.second, frame);
        return certain ? first : join(there, second);
      }
      case 'assign': {
        const value = this.evaluate(node.value, frame);
        bind(node.target, value, false, frame, this);
        return value;
      }
      case 'element':
        return this.element(this.evaluate(node.of, frame), frame);
      case 'steps': {
        const inner = { ...frame, scope: new Scope(frame.scope, false) };
        this.execute(node.steps, inner);
        return this.evaluate(node.value, inner);
      }
      case 'yield': {
        const value = this.evaluate(node.value, frame);
        frame.yielded.push(node.all ? this.element(value, frame) : value);
        return unknown('what a generator is sent');
      }
      case 'module':
        return this.around.imported(node.from, frame.module, frame.python);
      case 'opaque':
        for (const part of node.parts) this.evaluate(part, frame);
        return unknown('a value');
    }
  }

  private name(name: string, frame: Frame): Value {
    const cell = frame.scope.find(name);
    if (cell) return cell.value.length > 0 ? cell.value : unknown(name);
    return frame.scope.star(name) ?? native(`global:${name}`);
  }

  member(of: Value, key: Value, frame: Frame): Value {
    return memberOf(of, key, {
      machine: this,
      python: frame.python,
      exported: (module, name) => this.around.exported(module, name),
      invoke: (callee) => this.invoke(callee, callOf()),
    });
  }

  private object(node: Expression & { kind: 'object' }, frame: Frame): Value {
    const thing = new Thing(undefined, { module: frame.module, at: node.at, end: node.end });
    const value: Value = [{ kind: 'object', object: thing }];
    for (const each of node.members) {
      if ('spread' in each) spreadInto(thing, this.evaluate(each.spread, frame), this.memory);
      else {
        const made = this.evaluate(each.value, methodOf(each.value) ? { ...frame, self: value } : frame);
        const known = each.getter ? this.invoke(made, callOf()) : made;
        setField(value, this.evaluate(each.key, frame), known, this.memory);
      }
    }
    return value;
  }

  element(of: Value, frame: Frame): Value {
    return join(
      ...of.map((atom): Value => {
        if (atom.kind === 'list') return atom.list.elements.value;
        if (atom.kind === 'object') return [];
        return atom.kind === 'received' || atom.kind === 'native'
          ? this.member([atom], unknown('some'), frame)
          : unknown('an element');
      }),
    );
  }
}

const maxElements = 12;

/** The elements of a short list whose elements are told apart. */
function elementsApart([only, ...others]: Value): readonly Value[] | undefined {
  if (only?.kind !== 'list' || others.length > 0) return undefined;
  const { fixed } = only.list;
  return fixed && fixed.length > 0 && fixed.length <= maxElements ? fixed : undefined;
}

/** A function that stands in an object has it as `this`; an arrow function does not. */
function methodOf(node: Expression): boolean {
  return node.kind === 'function' && !node.code.arrow;
}

/** Values that are neither absent nor empty for certain. */
function isThere(atom: Atom): boolean {
  if (atom.kind === 'text') return atom.text !== '';
  return atom.kind === 'object' || atom.kind === 'list' || atom.kind === 'function' || atom.kind === 'class';
}
