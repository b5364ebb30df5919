import { hole } from '../../json/holes.ts';
import type { Budget } from '../../sets/budget.ts';
import { argumentsOf } from './arguments.ts';
import { bind } from './bind.ts';
import { Branches } from './branches.ts';
import { Calls, closureOf } from './calls.ts';
import { type Frame, type Surroundings, superOf } from './frame.ts';
import { Guards, limitOf, otherwise } from './guards.ts';
import { Imports } from './imports.ts';
import { type Call, callOf, type Interpreter } from './machine.ts';
import { memberOf } from './members.ts';
import { Memory } from './memory.ts';
import { bundledPackage } from './natives.ts';
import { keysIn, setField, spreadInto } from './objects.ts';
import { sumOf } from './sums.ts';
import { eitherTest, Tests } from './tests.ts';
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
  private readonly tests: Tests;
  private readonly branches = new Branches(this);
  private readonly imports: Imports;
  readonly notes = new Map<string, Value>();
  here = { at: 0, module: '' };

  readonly guards: Guards;

  /** `depthField`: the member of `detail` that counts hops. */
  constructor(around: Surroundings, budget: Budget, depthField: string) {
    this.guards = new Guards(depthField);
    this.around = around;
    this.budget = budget;
    this.calls = new Calls(this, around);
    this.tests = new Tests(this);
    this.imports = new Imports(this, around);
  }

  /** Whether what runs now runs only under some condition. Exceptions are not conditions: they end in a retry. */
  get conditional(): boolean {
    return this.branches.undecided > 0;
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

  execute(steps: readonly Step[], frame: Frame, whole = false): void {
    this.guards.apart(undefined, () => this.run(steps, frame, whole));
  }

  private run(steps: readonly Step[], frame: Frame, whole: boolean): void {
    for (const step of steps) {
      if (step.kind === 'define' && step.hoisted) this.define(step.name, step.value, frame);
    }
    let returnedEarly = 0;
    for (const step of steps) {
      const returns = frame.returned.length;
      this.step(step, frame, whole);
      // What follows an early return runs only if that return was not taken.
      if (step.kind !== 'return' && frame.returned.length > returns) {
        returnedEarly++;
        this.branches.undecided++;
      }
    }
    this.branches.undecided -= returnedEarly;
  }

  private define(name: string, value: Expression, frame: Frame): void {
    this.memory.write(frame.scope.declare(name), this.evaluate(value, frame));
  }

  private step(step: Step, frame: Frame, whole: boolean): void {
    this.budget.spend('reading code');
    switch (step.kind) {
      case 'do':
        this.evaluate(step.value, frame);
        return;
      case 'bind':
        bind(step.target, this.evaluate(step.value, frame), step.declares, frame, this);
        return;
      case 'return':
        frame.returned.push({
          value: step.value ? this.evaluate(step.value, frame) : nothing,
          below: this.guards.below,
        });
        return;
      case 'leave':
        if (step.value) this.evaluate(step.value, frame);
        return;
      case 'block':
        // What is found out in a block holds behind it.
        this.run(step.steps, { ...frame, scope: new Scope(frame.scope, false) }, whole);
        return;
      case 'define':
        if (!step.hoisted) this.define(step.name, step.value, frame);
        return;
      case 'branches':
        this.branches.run(step, frame, whole);
        return;
      case 'each':
        this.branches.each(step, frame);
        return;
      case 'import':
        this.imports.bring(step, frame);
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
        return [{ kind: 'class', type: this.calls.classes.classOf(node.code, frame) }];
      case 'choice':
      case 'both':
      case 'not':
      case 'compare':
      case 'presence':
        return this.tests.evaluate(node, frame);
      case 'fallback': {
        const first = this.evaluate(node.first, frame);
        const there = first.filter((atom) => !(atom.kind === 'constant' && atom.value !== true));
        const certain = there.length > 0 && there.length === first.length && there.every(isThere);
        const second = this.guards.apart(limitOf(first, false), () => this.evaluate(node.second, frame));
        return certain ? first : (eitherTest(first, second) ?? join(there, otherwise(there, second)));
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
        // What compilers make of `await` is sent the value itself.
        return frame.python ? unknown('what a generator is sent') : value;
      }
      case 'keys':
        return keysIn(this.evaluate(node.of, frame));
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

  member(of: Value, key: Value, frame: Pick<Frame, 'python'>): Value {
    return memberOf(of, key, {
      machine: this,
      python: frame.python,
      exported: (module, name) => this.around.exported(module, name),
      invoke: (callee) => this.invoke(callee, callOf()),
    });
  }

  private object(node: Expression & { kind: 'object' }, frame: Frame): Value {
    const thing = new Thing(undefined, { module: frame.module, at: node.at, end: node.end });
    thing.below = this.guards.below;
    const value: Value = [{ kind: 'object', object: thing }];
    for (const each of node.members) {
      if ('spread' in each) spreadInto(thing, this.evaluate(each.spread, frame), this.memory);
      else {
        const made =
          (each.value.kind === 'function' && each.key.kind === 'text'
            ? bundledPackage(each.key.text)
            : undefined) ??
          this.evaluate(each.value, methodOf(each.value) ? { ...frame, self: value } : frame);
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

/** A function that stands in an object has it as `this`; an arrow function does not. */
function methodOf(node: Expression): boolean {
  return node.kind === 'function' && !node.code.arrow;
}

/** Values that are neither absent nor empty for certain. */
function isThere(atom: Atom): boolean {
  if (atom.kind === 'text') return atom.text !== '';
  return atom.kind === 'object' || atom.kind === 'list' || atom.kind === 'function' || atom.kind === 'class';
}
