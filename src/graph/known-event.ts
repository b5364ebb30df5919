import { hasHole, hole, mayEqual, printHoles } from '../json/holes.ts';
import type { JsonValue } from '../json/value.ts';
import { printChoice } from '../pattern/canonical.ts';
import { matchValue } from '../pattern/match.ts';
import { holesClosed, holesOpened } from '../pattern/open-holes.ts';
import type { Choice, Pattern } from '../pattern/pattern.ts';
import { restrictPattern } from '../pattern/restrict.ts';
import { depthPath, type GraphSettings } from './settings.ts';
import type { Known, StateParts } from './state.ts';
import type { TrackedField } from './tracked.ts';

/** What is known of an event without any schema: its envelope, and the fields the state speaks of. */
export interface KnownEvent {
  readonly event: { readonly [member: string]: JsonValue };
  /** The paths whose values are known; no other field has one of these paths. */
  readonly decided: ReadonlySet<string>;
  /** The paths of the envelope whose values hold a hole. */
  readonly holes: readonly string[];
  /** Of which paths something is known, as text. */
  readonly kind: string;
}

/**
 * The known part of an event of some type. Whoever publishes it does so in the account and Region that the template
 * is deployed to (UG eb-events): their values are not known, but equal to what a pattern calls `AWS::AccountId`.
 */
export function knownEvent(
  state: StateParts & { readonly type: object },
  fields: readonly TrackedField[],
  settings: GraphSettings,
): KnownEvent {
  const detail: Record<string, JsonValue> = {};
  const decided = new Set(['version', 'source', 'detail-type', 'account', 'region']);
  // Dotted names and nested objects are the same path to a pattern, so that the path can stay one name.
  const put = (path: string, known: Known<JsonValue>): void => {
    if (known.kind === 'value') detail[path.slice('detail.'.length)] = known.value;
    if (known.kind === 'value' || known.kind === 'absent') decided.add(path);
  };
  for (const [i, { path }] of fields.entries()) put(path, state.fields[i]!);
  put(depthPath(settings), state.depth);
  const event = {
    version: '0',
    source: state.type.source,
    'detail-type': state.type.detailType,
    account: settings.account ?? hole('AWS::AccountId'),
    region: settings.region ?? hole('AWS::Region'),
    detail,
  };
  const holes = ['source', 'detail-type', 'account', 'region'].filter((path) => hasHole(textIn(event, path)));
  return { event, decided, holes, kind: `${[...decided].join()}|${holes.join()}` };
}

export type KnownAnswer =
  | { readonly answer: 'yes' | 'unknown' }
  /** One path that no alternative of the pattern accepts, and what it accepts instead; worked out when it is read. */
  | { readonly answer: 'no'; readonly why: () => { readonly path: string; readonly reason: string } };

/** What a pattern asks of the known part of events. */
interface Asked {
  readonly onKnown: Pattern;
  /** Whether it asks for something of which the event holds a text with a hole. */
  readonly ofHoles: boolean;
  readonly closed: Pattern;
  readonly open: Pattern | undefined;
}

/** The same for all events of which the same paths are known. */
const askedByKind = new WeakMap<Pattern, Map<string, Asked>>();

function askedOf(pattern: Pattern, { decided, holes, kind }: KnownEvent): Asked {
  const byKind = askedByKind.get(pattern) ?? new Map<string, Asked>();
  askedByKind.set(pattern, byKind);
  const before = byKind.get(kind);
  if (before) return before;
  const onKnown = restrictPattern(pattern, (path) => decided.has(path));
  const ofHoles = holes.some((path) => asks(onKnown, path));
  const asked = { onKnown, ofHoles, closed: holesClosed(onKnown, ofHoles), open: holesOpened(onKnown) };
  byKind.set(kind, asked);
  return asked;
}

/** Whether the known part of an event meets the conditions on it, for every filling of the holes. */
export function meetsKnown(pattern: Pattern, known: KnownEvent): KnownAnswer {
  const { onKnown, ofHoles, closed, open } = askedOf(pattern, known);
  if (matchValue(closed, known.event)) return { answer: 'yes' };
  if (open !== undefined || ofHoles) {
    if (mayMatch(open ?? onKnown, known)) return { answer: 'unknown' };
  } else if (matchValue(onKnown, known.event)) return { answer: 'yes' };
  return { answer: 'no', why: () => whyNot(open ?? onKnown, known) };
}

function asks(pattern: Pattern, path: string): boolean {
  return pattern.alternatives.some(({ conditions }) =>
    conditions.some((condition) => condition.path === path),
  );
}

function textAt({ event }: KnownEvent, path: string): string {
  return textIn(event, path);
}

function textIn(event: KnownEvent['event'], path: string): string {
  const value = event[path];
  return typeof value === 'string' ? value : '';
}

/** Whether some filling of the holes in the event meets every condition of some alternative. */
function mayMatch(pattern: Pattern, known: KnownEvent): boolean {
  return pattern.alternatives.some(({ conditions }) =>
    conditions.every((condition) => {
      const alone: Pattern = { ...pattern, alternatives: [{ conditions: [condition] }] };
      if (matchValue(alone, known.event)) return true;
      const text = textAt(known, condition.path);
      return hasHole(text) && condition.choices.some((choice) => mayAccept(choice, text));
    }),
  );
}

/** Only equality is decided for a text with holes; every other operator may accept it. */
function mayAccept(choice: Choice, text: string): boolean {
  return choice.kind !== 'string' && choice.kind !== 'exactly' ? true : mayEqual(text, choice.value) !== 'no';
}

/** The first path that keeps every alternative from matching. */
function whyNot(pattern: Pattern, known: KnownEvent): { path: string; reason: string } {
  const paths = [
    ...new Set(pattern.alternatives.flatMap(({ conditions }) => conditions.map(({ path }) => path))),
  ];
  for (const path of paths) {
    const alone = restrictPattern(pattern, (each) => each === path);
    if (!alone.alternatives.every(({ conditions }) => conditions.length > 0)) continue;
    if (mayMatch(alone, known)) continue;
    const accepted = alone.alternatives.flatMap(({ conditions }) =>
      conditions.flatMap(({ choices }) => choices),
    );
    const shown = [...new Set(accepted.map(printChoice))];
    const listed = shown.length > 6 ? [...shown.slice(0, 6), '…'] : shown;
    return { path, reason: `it takes ${path} ${listed.join(', ')}, not ${found(known, path)}` };
  }
  return { path: 'source', reason: 'no combination of its conditions fits' };
}

function found({ event }: KnownEvent, path: string): string {
  const [first = '', ...rest] = path.split('.');
  const value =
    rest.length === 0 ? event[first] : (event['detail'] as Record<string, JsonValue>)[rest.join('.')];
  return value === undefined ? 'an event without it' : printHoles(JSON.stringify(value));
}
