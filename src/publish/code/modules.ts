import { type Node, valueOf } from '../../json/node.ts';
import { parseJson } from '../../json/parse-json.ts';
import { isObject, type JsonValue } from '../../json/value.ts';
import type { Evaluator } from './evaluator.ts';
import { frameOf } from './frame.ts';
import { readJavaScript } from './javascript/read.ts';
import type { Parsers } from './parsers.ts';
import type { Project } from './project.ts';
import { readPython } from './python/read.ts';
import { started } from './python/started.ts';
import type { Program } from './tree.ts';
import { Cell, join, List, native, nothing, Scope, Thing, text, unknown, type Value } from './values.ts';

/** A module of the project that has been run, or is being run. */
export interface Module {
  readonly path: string;
  readonly text: string;
  readonly scope: Scope;
  readonly exports: Map<string, () => Value>;
  readonly reexports: { readonly from: string; readonly imported: string; readonly local: string }[];
  /** CommonJS: `module`, whose `exports` may be replaced. */
  readonly common: Thing;
  readonly data?: Value;
}

/** Larger files are not read. */
const maxLength = 6_000_000;
const maxModules = 400;

/** The modules of one handler, each run once, when it is first imported. */
export class Modules {
  readonly loaded = new Map<string, Module>();
  /** Imports that are neither of the project nor known to be harmless. */
  readonly external = new Map<string, 'javascript' | 'python'>();
  readonly missing: string[] = [];
  readonly unread: string[] = [];
  /** Modules with a syntax error, and its place. */
  readonly broken: { readonly path: string; readonly at: number }[] = [];
  evaluator: Evaluator | undefined;
  private readonly project: Project;
  private readonly parsers: Parsers;

  private readonly main: string | undefined;

  /** `main`: the file that is started as a program. */
  constructor(project: Project, parsers: Parsers, main?: string) {
    this.project = project;
    this.main = main;
    this.parsers = parsers;
  }

  imported(from: string, importer: string, python: boolean): Value {
    const path = python ? this.project.python(from, importer) : this.project.javaScript(from, importer);
    if (path !== undefined) {
      // What generated code imports is known by what it does, not followed; by whichever way it is imported.
      if (!python && this.project.isOwnRuntime(path)) return native('npm:busproof/runtime');
      if (!python && this.project.isValidator(path)) return native('busproof.validators');
      const module = this.load(path);
      if (!module) return unknown(`the module ${from}`);
      return module.data ?? commonExports(module) ?? [{ kind: 'module', path }];
    }
    if (from.startsWith('.') || from.startsWith('/')) {
      this.missing.push(from);
      return unknown(`the module ${from}`);
    }
    this.external.set(from.replace(/^node:/, ''), python ? 'python' : 'javascript');
    return native(python ? `py:${from}` : `npm:${from.replace(/^node:/, '')}`);
  }

  exported(path: string, name: string): Value {
    const module = this.loaded.get(path);
    return (module && this.find(module, name, new Set())) ?? nothing;
  }

  private find(module: Module, name: string, seen: Set<Module>): Value | undefined {
    if (seen.has(module)) return undefined;
    seen.add(module);
    if (module.path.endsWith('.py')) {
      const cell = module.scope.find(name);
      const value = cell && cell.value.length > 0 ? cell.value : module.scope.star(name);
      if (value) return value;
      if (!module.path.endsWith('/__init__.py')) return undefined;
      const inner = this.imported(`.${name}`, module.path, true);
      return inner.some(({ kind }) => kind === 'module') ? inner : undefined;
    }
    const own = module.exports.get(name)?.();
    if (own) return own;
    const common = commonExports(module);
    if (common) {
      const own = common.filter((atom) => atom.kind === 'object' && has(atom.object, name));
      if (own.length > 0) return this.evaluator!.member(own, text(name), { python: false });
      if (name === 'default') return common;
    }
    for (const { from, imported, local } of module.reexports) {
      if (local !== name && local !== '*') continue;
      const source = this.imported(from, module.path, false);
      if (imported === '*' && local !== '*') return source;
      const wanted = local === '*' ? name : imported;
      for (const atom of source) {
        const inner = atom.kind === 'module' ? this.loaded.get(atom.path) : undefined;
        const value = inner && this.find(inner, wanted, seen);
        if (value) return value;
        if (atom.kind === 'native' && local !== '*') return native(`${atom.path}.${wanted}`);
      }
    }
    return undefined;
  }

  /** Runs a module; undefined when it cannot be read. */
  load(path: string): Module | undefined {
    const known = this.loaded.get(path);
    if (known) return known;
    const document = this.project.read(path);
    if (!document || document.text.length > maxLength || this.loaded.size >= maxModules) {
      this.unread.push(path);
      return undefined;
    }
    const common = new Thing();
    common.fields.set('exports', new Cell([{ kind: 'object', object: new Thing() }]));
    const data = path.endsWith('.json') ? dataOf(parseJson(document).value) : undefined;
    const module: Module = {
      path,
      text: document.text,
      scope: new Scope(undefined, true),
      exports: new Map(),
      reexports: [],
      common,
      ...(data ? { data } : {}),
    };
    this.loaded.set(path, module);
    const program = data ? undefined : this.parse(path, document.text);
    if (program) this.run(module, program);
    return module;
  }

  private parse(path: string, text: string): Program | undefined {
    if (path.endsWith('.py')) return readPython(text, this.parsers.python);
    if (path.endsWith('.tsx')) return readJavaScript(text, this.parsers.tsx);
    const typed = /\.[cm]?ts$/.test(path);
    return readJavaScript(text, typed ? this.parsers.typescript : this.parsers.javascript);
  }

  private run(module: Module, program: Program): void {
    const { scope, common, path } = module;
    if (program.broken !== undefined) this.broken.push({ path, at: program.broken });
    if (program.language === 'javascript') {
      scope.declare('module').value = [{ kind: 'object', object: common }];
      scope.declare('exports').value = common.fields.get('exports')!.value;
    }
    const main = program.language === 'python' && path === this.main;
    this.evaluator!.execute(main ? started(program.steps, module.text) : program.steps, frameOf(scope, path));
  }
}

function has({ fields, getters }: Thing, name: string): boolean {
  return fields.has(name) || getters.has(name);
}

/** What a CommonJS module exports, if it exports anything. */
function commonExports({ common, exports, reexports }: Module): Value | undefined {
  const value = common.fields.get('exports')!.value;
  if (exports.size > 0 || reexports.length > 0) return undefined;
  const empty = value.every(
    (atom) =>
      atom.kind === 'object' &&
      atom.object.fields.size + atom.object.getters.size + atom.object.others.value.length === 0,
  );
  return empty ? undefined : value;
}

function dataOf(node: Node | undefined): Value | undefined {
  return node && ofJson(valueOf(node), 0);
}

function ofJson(value: JsonValue, depth: number): Value {
  if (depth > 30) return unknown('a value');
  if (typeof value === 'string') return [{ kind: 'text', text: value }];
  if (typeof value === 'number') return [{ kind: 'number', number: value }];
  if (value === null || typeof value === 'boolean') return [{ kind: 'constant', value }];
  if (isObject(value)) {
    const thing = new Thing();
    for (const [key, item] of Object.entries(value)) thing.fields.set(key, new Cell(ofJson(item, depth + 1)));
    return [{ kind: 'object', object: thing }];
  }
  const items = value.map((item) => ofJson(item, depth + 1));
  return [{ kind: 'list', list: new List(join(...items), items) }];
}
