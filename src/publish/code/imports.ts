import type { Frame, Surroundings } from './frame.ts';
import type { Interpreter } from './machine.ts';
import type { Step } from './tree.ts';
import { text, type Value } from './values.ts';

/** Gives the names of other modules their values. */
export class Imports {
  private readonly machine: Interpreter;
  private readonly around: Surroundings;

  constructor(machine: Interpreter, around: Surroundings) {
    this.machine = machine;
    this.around = around;
  }

  bring({ from, names }: Step & { kind: 'import' }, frame: Frame): void {
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
          name === local ? this.machine.member(module, text(late), frame) : undefined,
        );
      } else this.machine.memory.write(frame.scope.declare(local), value);
    }
  }

  /** A CommonJS module is its own default. */
  private importedName(module: Value, name: string, frame: Frame): Value {
    const value = this.machine.member(module, text(name), frame);
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
}
