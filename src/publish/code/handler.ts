import { type Document, type Span, spanOf } from '../../json/document.ts';
import { hole } from '../../json/holes.ts';
import type { Evidence } from '../../model/evidence.ts';
import { Budget, OutOfBudget } from '../../sets/budget.ts';
import type { Findings, Publication } from '../publication.ts';
import { isBystander, isPublisher } from './bystanders.ts';
import { merged, readRequest } from './entries.ts';
import type { Environment } from './environment.ts';
import { Evaluator } from './evaluator.ts';
import { bothOf } from './guards.ts';
import type { Handler } from './locate.ts';
import { callOf } from './machine.ts';
import { Modules } from './modules.ts';
import type { Parsers } from './parsers.ts';
import { type Below, native, nothing, type Value } from './values.ts';

/** What reading a handler's code tells. */
export interface CodeReading extends Findings {
  /** Where it publishes something of which the code does not tell what. */
  readonly unresolved: readonly Span[];
  /** Every publication is behind a test that lets only events below this depth through. */
  readonly rejects?: { readonly depth: number; readonly span: Span };
  /** It calls a foundation model. */
  readonly callsModel: boolean;
  /** The file it begins in. */
  readonly document: Document;
}

/** How a handler is read. */
export interface ReadingOptions {
  /** Steps it may cost. */
  readonly budget?: number;
  /** The member of `detail` that counts hops. */
  readonly depthField?: string;
}

/** Steps that one handler may cost: a few seconds at most. */
const steps = 1_500_000;

const sites = /\bnew\s+(?:\w+\.)*PutEventsCommand\b|\.\s*(?:putEvents|put_events)\s*\(/g;

/**
 * Runs a handler over sets of possible values and gathers what it publishes. Never throws for any source; where the
 * code goes beyond what is followed, the findings are open.
 */
export function readHandler(
  handler: Handler,
  environment: Environment,
  parsers: Parsers,
  { budget = steps, depthField = '_chain_depth' }: ReadingOptions = {},
): CodeReading {
  const { project, path, name: exported } = handler;
  const program = exported === undefined;
  const modules = new Modules(project, parsers, program ? path : undefined);
  const found = new Map<string, Publication>();
  const unresolved: Span[] = [];
  const open: Evidence[] = [];
  const reached = new Map<string, { at: number; end: number }[]>();
  const lost: { at: number; module: string }[] = [];
  const limits: (Below | undefined)[] = [];
  let callsModel = false;
  const given = new Set<string>();
  const document = project.read(path)!;
  const span = (module: string, at: number, end: number): Span =>
    spanOf(project.read(module) ?? document, at, end);

  const evaluator = new Evaluator(
    {
      imported: (from, importer, python) => modules.imported(from, importer, python),
      exported: (module, name) => modules.exported(module, name),
      environment(name) {
        if (!program) return environmentValue(name, environment);
        // Who starts a program may give it others; an empty one asks for that.
        if (!environment.get(name)) return [{ kind: 'text', text: hole(`environment ${name}`) }];
        given.add(name);
        return environmentValue(name, environment);
      },
      publishes(input, at, end, module) {
        reached.set(module, [...(reached.get(module) ?? []), { at, end }]);
        const place = span(module, at, end);
        const { below } = evaluator.guards;
        const request = readRequest(input, below, place, `${module}:${at}`, (made) =>
          span(made.module, made.at, made.end),
        );
        limits.push(...request.limits);
        if (request.unresolved) unresolved.push(place);
        for (const each of request.publications) {
          const key = JSON.stringify([each.source, each.detailType, each.bus]);
          const known = found.get(key);
          // Certain if it is at one place at least.
          const conditional = evaluator.conditional && (known?.conditional ?? true);
          found.set(key, { ...(known ? { ...known, ...merged(known, each) } : each), conditional });
        }
      },
      uses(used) {
        callsModel ||=
          /\.(?:InvokeModel(?:WithResponseStream)?|Converse(?:Stream)?)Command$|\.(?:invoke_model|converse|invokeModel)$/.test(
            used,
          );
      },
      lost: (at, module) => lost.push({ at, module }),
      exports: (module, name, value) => modules.loaded.get(module)?.exports.set(name, value),
      reexports: (module, from, imported, local) =>
        modules.loaded.get(module)?.reexports.push({ from, imported, local }),
    },
    new Budget(budget),
    depthField,
  );
  modules.evaluator = evaluator;
  const because = (text: string, place: Span = spanOf(document, 0, 1)): void => {
    open.push({ kind: 'code', text, span: place });
  };
  try {
    const module = modules.load(path);
    if (exported !== undefined) {
      const entry = module ? handlerValue(path, exported, modules) : [];
      if (!entry.some(isHandler)) because(`its handler ${exported} is not found in ${path}`);
      const event: Value = [{ kind: 'received', path: [] }];
      evaluator.invoke(entry, callOf(event, native('context'), native('callback')));
    }
    evaluator.calls.callDeferred();
  } catch (error) {
    if (error instanceof OutOfBudget) because(`its code takes more than ${budget} steps to follow`);
    else if (error instanceof RangeError) because('its code is nested too deeply to follow');
    else throw error;
  }
  if (handler.byName) because('it is found by the name of its handler alone');
  for (const name of given) because(`who starts it may set ${name} to something else`);
  for (const name of modules.missing) because(`the import ${name} is not found`);
  for (const name of modules.unread) because(`${name} is too large to read`);
  for (const { path: broken, at } of modules.broken)
    because(`${broken} has a syntax error, and something may be missing`, span(broken, at, at + 1));
  for (const [name, language] of modules.external) {
    if (isPublisher(name)) {
      unresolved.push(spanOf(document, 0, 1));
      limits.push(undefined);
    }
    if (!isBystander(name, language)) because(`the package ${name} may publish`);
  }
  for (const module of modules.loaded.values()) {
    const places = reached.get(module.path) ?? [];
    for (const match of module.text.matchAll(sites)) {
      const inside = places.some(({ at, end }) => at <= match.index + match[0].length && match.index < end);
      if (!inside && lost.length > 0 && !isComment(module.text, match.index))
        because(
          'PutEvents is called where the code could not be followed',
          span(module.path, match.index, match.index + match[0].length),
        );
    }
  }
  callsModel ||= (evaluator.notes.get('callsModel') ?? []).some(
    (atom) => atom.kind === 'constant' && atom.value === true,
  );
  const limit = open.length === 0 ? limits.reduce(bothOf, limits[0]) : undefined;
  const rejects = limit && { depth: limit.depth, span: span(limit.module, limit.at, limit.end) };
  return {
    publications: [...found.values()],
    open,
    unresolved,
    callsModel,
    document,
    ...(rejects ? { rejects } : {}),
  };
}

/** A function, or the consumer that generated code makes of one. */
function isHandler(atom: Value[number]): boolean {
  return (
    atom.kind === 'function' ||
    atom.kind === 'class' ||
    (atom.kind === 'native' && atom.path === 'busproof.consumer')
  );
}

function handlerValue(path: string, name: string, modules: Modules): Value {
  const [first, ...rest] = name.split('.');
  let value = first === undefined ? nothing : modules.exported(path, first);
  for (const each of rest) {
    value = value.flatMap(
      (atom): Value => (atom.kind === 'object' ? (atom.object.fields.get(each)?.value ?? []) : []),
    );
  }
  return value;
}

function environmentValue(name: string, environment: Environment): Value {
  if (!environment.has(name))
    return /^(?:AWS_|_)/.test(name) ? [{ kind: 'text', text: hole(`environment ${name}`) }] : nothing;
  return [{ kind: 'text', text: environment.get(name) ?? hole(`environment ${name}`) }];
}

/** Whether a place is behind the sign of a comment on its line. */
function isComment(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at);
  return /(?:^|\s)(?:\/\/|#|\*)/.test(line);
}
