import { Collector, type Outcome, outcome } from '../../diagnostic/diagnostic.ts';
import { readDocument, type World } from '../../io/world.ts';
import { type Document, documentOf } from '../../json/document.ts';
import { nearest } from '../../json/nearest.ts';
import { type LoadOptions, loadTemplates } from '../../load/index.ts';
import type { Route } from '../../model/route.ts';
import { type Dialect, parseEvent, parsePattern } from '../../pattern/index.ts';
import { UsageError } from '../command.ts';
import type { NamedEvent, NamedFilter } from './pairs.ts';

/** Reads pattern files; a file that is no valid pattern yields its findings and no filter. */
export async function patternFilters(
  world: World,
  paths: readonly string[],
  dialect: Dialect,
): Promise<Outcome<readonly NamedFilter[]>> {
  const collector = new Collector();
  const filters: NamedFilter[] = [];
  for (const path of paths) {
    const document = await read(world, path);
    const pattern = collector.take(parsePattern(document, { dialect }));
    if (pattern) filters.push({ name: document.path, pattern, takesAll: false });
  }
  return outcome(filters, collector.diagnostics);
}

/** Reads event files; `-` is standard input. */
export async function namedEvents(
  world: World,
  paths: readonly string[],
): Promise<Outcome<readonly NamedEvent[]>> {
  const collector = new Collector();
  const events: NamedEvent[] = [];
  for (const path of paths) {
    const document = await read(world, path);
    const node = collector.take(parseEvent(document));
    if (node) events.push({ name: document.path, node });
  }
  return outcome(events, collector.diagnostics);
}

/**
 * The rules of templates, or those of them that are named: by name, logical id, or `file#logical id`. Of what was
 * noticed in a template only the patterns are of interest here.
 */
export async function templateFilters(
  world: World,
  paths: readonly string[],
  names: readonly string[],
  options: LoadOptions,
): Promise<Outcome<readonly NamedFilter[]>> {
  if (paths.length === 0) return outcome([]);
  const documents = await Promise.all(paths.map((path) => read(world, path)));
  const { value, diagnostics } = loadTemplates(documents, options);
  const rules = value.routes.filter(({ kind }) => kind === 'rule');
  if (rules.length === 0) throw new UsageError(`${paths.join(', ')}: there is no rule in it`);
  const chosen = names.length === 0 ? rules : names.flatMap((name) => rulesNamed(rules, name));
  const aboutPatterns = diagnostics.filter(
    ({ code }) => code.startsWith('pattern/') || code.startsWith('input/'),
  );
  return outcome(chosen.map(filterOf), aboutPatterns);
}

function rulesNamed(rules: readonly Route[], name: string): readonly Route[] {
  const found = rules.filter(
    (rule) => rule.name === name || rule.id === name || rule.id.endsWith(`#${name}`),
  );
  if (found.length > 0) return found;
  const known = rules.map((rule) => rule.name);
  const near = nearest(name, known);
  throw new UsageError(
    `there is no rule "${name}"${near === undefined ? `; there are ${known.join(', ')}` : `; did you mean ${near}?`}`,
  );
}

function filterOf({ name, filter }: Route): NamedFilter {
  if (filter.kind === 'pattern') return { name, pattern: filter.pattern, takesAll: false };
  if (filter.kind === 'unknown')
    throw new UsageError(`the pattern of ${name} cannot be evaluated: ${filter.why}`);
  return { name, pattern: undefined, takesAll: filter.kind === 'everything' };
}

async function read(world: World, path: string): Promise<Document> {
  if (path === '-') return documentOf('standard input', await everything(world.stdin));
  try {
    return readDocument(world, path);
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${(error as Error).message}`, { cause: error });
  }
}

async function everything(input: World['stdin']): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of input)
    text += typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}
