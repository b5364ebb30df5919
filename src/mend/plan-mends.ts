import type { LoopAnalysis } from '../graph/analyze.ts';
import type { Loop } from '../graph/loop.ts';
import { mendLoop } from '../graph/mend.ts';
import { letsIn, type Mend } from '../graph/mended.ts';
import type { Oracle } from '../graph/oracle.ts';
import { documentOf } from '../json/document.ts';
import { printHoles } from '../json/holes.ts';
import { valueOf } from '../json/node.ts';
import { parseData } from '../json/parse-data.ts';
import type { Filter } from '../model/route.ts';
import type { Topology } from '../model/topology.ts';
import { editPattern } from './edit-pattern.ts';
import { sameBut } from './same-but.ts';

/** A system as it would be with some texts in the place of its files' own. */
export interface Analysed {
  readonly analysis: LoopAnalysis;
  readonly oracle: Oracle;
  /** Endless loops that are not declared to be meant, the shortest first. */
  readonly endless: readonly Loop[];
}

export type Analyse = (texts: ReadonlyMap<string, string>) => Promise<Analysed>;

/** An edit that stops a loop, and the file as it would be; or why nobody but the user can write it. */
export interface Choice {
  readonly mend: Mend;
  readonly written?: { readonly path: string; readonly before: string; readonly after: string };
  readonly refused?: string;
}

export interface Step {
  readonly loop: Loop;
  readonly analysis: LoopAnalysis;
  /** Those that lose nothing and can be written first. */
  readonly choices: readonly Choice[];
  readonly chosen?: Choice;
  /** Other loops that are gone with it. */
  readonly gone: readonly Loop[];
}

export interface MendPlan {
  readonly steps: readonly Step[];
  /** The whole texts of the files that change, before and after. */
  readonly files: ReadonlyMap<string, { readonly before: string; readonly after: string }>;
  /** Endless loops that would be left, those included that were not chosen. */
  readonly left: number;
}

export interface MendWishes {
  readonly wanted: (loop: Loop) => boolean;
  /** The number of the edit, from 1; the first that loses nothing and can be written, if not given. */
  readonly choice?: number;
}

const MAX_STEPS = 50;

/**
 * Mends one endless loop after the other: the edit that is chosen for one is made in the text, the system is read and
 * analysed again, and what is still endless is next. An edit counts only if the text, read again, has the loop stopped
 * and everything else unchanged.
 */
export async function planMends(analyse: Analyse, { wanted, choice }: MendWishes): Promise<MendPlan> {
  const texts = new Map<string, string>();
  const files = new Map<string, { before: string; after: string }>();
  const steps: Step[] = [];
  const done = new Set<string>();
  let now = await analyse(texts);
  while (steps.length < MAX_STEPS) {
    const loop = now.endless.find((each) => wanted(each) && !done.has(each.id));
    if (!loop) break;
    done.add(loop.id);
    const { analysis, oracle } = now;
    const offered: Choice[] = [];
    const next = new Map<Choice, Analysed>();
    for (const mend of mendLoop(loop, analysis, oracle)) {
      const made = writtenEdit(mend, analysis.context.topology);
      const after = made.written && (await tried(made, loop, now, texts, analyse));
      const usable: Choice = made.written && !after ? { mend, refused: MISREAD } : made;
      if (after) next.set(usable, after);
      offered.push(usable);
    }
    const choices = offered.sort((a, b) => cost(a) - cost(b));
    const chosen = choice === undefined ? choices.find((each) => cost(each) === 0) : choices[choice - 1];
    const after = chosen && next.get(chosen);
    const left = new Set(after?.endless.map(({ id }) => id));
    const gone = after ? now.endless.filter((each) => each !== loop && !left.has(each.id)) : [];
    steps.push({ loop, analysis, choices, ...(chosen ? { chosen } : {}), gone });
    if (!after) continue;
    const { path, before, after: text } = chosen!.written!;
    texts.set(path, text);
    files.set(path, { before: files.get(path)?.before ?? before, after: text });
    now = after;
  }
  return { steps, files, left: now.endless.length };
}

const MISREAD = 'the file would not read as it is meant to';

/** Edits that lose nothing, let nothing else in and can be written cost 0. */
function cost({ mend, refused }: Choice): number {
  return (mend.lost.length > 0 || letsIn(mend) ? 1 : 0) + (refused === undefined ? 0 : 2);
}

/** The template's text with the edit made in it. */
function writtenEdit(mend: Mend, topology: Topology): Choice {
  const { route, field } = mend;
  if (!route || !field || route.filter.kind !== 'pattern') {
    return { mend, refused: 'it is an edit of what the component does and declares' };
  }
  const { span } = route.filter.node;
  const foreign = notATemplate(route.id, span.document.path);
  if (foreign !== undefined) return { mend, refused: foreign };
  const sharers = topology.routes.filter(
    ({ id, filter }) =>
      id !== route.id &&
      filter.kind === 'pattern' &&
      filter.node.span.document.path === span.document.path &&
      filter.node.span.start === span.start,
  );
  if (sharers.length > 0) {
    const names = sharers.slice(0, 3).map(({ name }) => printHoles(name));
    return {
      mend,
      refused: `${names.join(', ')} ${names.length === 1 ? 'has' : 'have'} the same pattern from the same place`,
    };
  }
  const edited = editPattern(span.document, span, field.path, field.value);
  if ('refused' in edited) return { mend, refused: edited.refused };
  return { mend, written: { path: span.document.path, before: span.document.text, after: edited.text } };
}

/** Why a file is not to be edited, if it is none that people write in YAML or JSON. */
function notATemplate(id: string, path: string): string | undefined {
  if (id.startsWith('arn:')) return 'it is deployed: mend the template that it comes from';
  if (!/\.(json|ya?ml|template)$/i.test(path))
    return `only YAML and JSON templates are edited, and ${path} is neither`;
  return undefined;
}

/** The system with the edit, if it reads as it should: the loop stopped, the pattern as wanted, all else the same. */
async function tried(
  { mend, written }: Choice,
  loop: Loop,
  now: Analysed,
  texts: ReadonlyMap<string, string>,
  analyse: Analyse,
): Promise<Analysed | undefined> {
  const { path, before, after } = written!;
  const [old, fresh] = [before, after].map((text) => parseData(documentOf(path, text)));
  if (!old?.value || !fresh?.value || fresh.diagnostics.length > old.diagnostics.length) return undefined;
  const { route, pattern } = mend;
  if (
    !sameBut(old.value, fresh.value, route!.filter.kind === 'pattern' ? route!.filter.node.span : route!.span)
  ) {
    return undefined;
  }
  const again = await analyse(new Map([...texts, [path, after]]));
  const known = new Set(now.endless.map(({ id }) => id));
  if (again.endless.some(({ id }) => id === loop.id || !known.has(id))) return undefined;
  const routes = again.analysis.context.topology.routeById;
  if (routes.size !== now.analysis.context.topology.routeById.size) return undefined;
  for (const { id, filter } of now.analysis.context.topology.routes) {
    const expected = id === route!.id ? JSON.stringify(pattern) : filterText(filter);
    const found = routes.get(id);
    if (!found || sorted(filterText(found.filter)) !== sorted(expected)) return undefined;
  }
  return again;
}

function filterText(filter: Filter): string {
  return filter.kind === 'pattern' ? JSON.stringify(valueOf(filter.node)) : JSON.stringify(filter.kind);
}

/** JSON with the members of objects in one order. */
function sorted(json: string): string {
  return JSON.stringify(JSON.parse(json), (_key, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
