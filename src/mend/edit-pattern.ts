import { isAlias, isCollection, isMap, isSeq, type Pair, parseAllDocuments, visit, type YAMLMap } from 'yaml';
import type { Document, Span } from '../json/document.ts';
import type { JsonValue } from '../json/value.ts';
import { dashed, inline, keyText, type Look, lookOf } from './value-text.ts';
import {
  afterColon,
  anchorOf,
  endOf,
  indentAt,
  isBlockScalar,
  lineBefore,
  lineEndAfter,
  pairOf,
  startOf,
} from './yaml-places.ts';

/** What replaces a range of a text. */
interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with the edit made; or why it is left to people. */
export type Edited = { readonly text: string } | { readonly refused: string };

/**
 * Sets one field of a pattern in the text of a template: `path` is the field (`['source']`, `['detail', 'stage']`),
 * `value` the list it is to have. Everything else keeps its bytes: comments, anchors, tags, quotes. JSON is read as the
 * YAML it is. Refused where the pattern is no part of the file's own structure, or where others share what would change.
 */
export function editPattern(
  document: Document,
  pattern: Span,
  path: readonly [string, ...string[]],
  value: readonly JsonValue[],
): Edited {
  const { text } = document;
  const found = patternAt(text, pattern.start);
  if (!found)
    return {
      refused: 'its pattern is not written out in the file: it is a text of JSON, or made by a function',
    };
  const { map, around, shared } = found;
  const anchor = [...around, map].map(anchorOf).find((name) => name !== undefined && shared.has(name));
  if (anchor !== undefined)
    return { refused: `its pattern is shared: others use it through the anchor &${anchor}` };
  const edit = set(map, path, value, { text, look: lookOf(map, text), shared });
  if ('refused' in edit) return edit;
  return { text: `${text.slice(0, edit.start)}${edit.text}${text.slice(edit.end)}` };
}

interface Found {
  readonly map: YAMLMap;
  /** What the pattern stands in. */
  readonly around: readonly unknown[];
  /** Anchors that aliases name. */
  readonly shared: ReadonlySet<string>;
}

function patternAt(text: string, offset: number): Found | undefined {
  const documents = parseAllDocuments(text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });
  if (!Array.isArray(documents)) return undefined;
  for (const document of documents) {
    const shared = new Set<string>();
    let found: Omit<Found, 'shared'> | undefined;
    visit(document, {
      Alias: (_key, alias) => {
        shared.add(alias.source);
      },
      Map: (_key, map, around) => {
        if (startOf(map) === offset && map.items.length > 0) found = { map, around };
      },
    });
    if (found) return { ...found, shared };
  }
  return undefined;
}

interface Surroundings {
  readonly text: string;
  readonly look: Look;
  readonly shared: ReadonlySet<string>;
}

function set(
  map: YAMLMap,
  [key, ...rest]: readonly [string, ...string[]],
  value: readonly JsonValue[],
  surroundings: Surroundings,
): TextEdit | { readonly refused: string } {
  const pair = pairOf(map, key);
  const [next, ...further] = rest;
  if (!pair) return insert(map, key, next === undefined ? value : { field: next, value }, surroundings);
  if (next !== undefined) {
    const inner = pair.value;
    if (isMap(inner) && !isShared(inner, surroundings))
      return set(inner, [next, ...further], value, surroundings);
    return { refused: `its "${key}" is shared, or made by a function` };
  }
  return replace(pair, value, surroundings);
}

function isShared(node: unknown, { shared }: Surroundings): boolean {
  const anchor = anchorOf(node);
  return anchor !== undefined && shared.has(anchor);
}

function replace(
  pair: Pair,
  value: readonly JsonValue[],
  surroundings: Surroundings,
): TextEdit | { refused: string } {
  const { text, look } = surroundings;
  const old = pair.value;
  const end = endOf(pair, text);
  const after = afterColon(pair, text);
  let used = false;
  if (isCollection(old)) {
    visit(old as never, (_key, node) => {
      used ||= isShared(node, surroundings);
    });
  }
  if (used || isShared(old, surroundings))
    return { refused: `others use what its "${String(pair.key)}" has, through an anchor` };
  // Tags and anchors of the old value go with it; a comment before it stays.
  const before = text.slice(after, startOf(old));
  const property = /[!&]\S*\s+(?:[!&]\S*\s+)?$/.exec(before);
  const start = property ? after + property.index : startOf(old);
  if (isAlias(old) || !isSeq(old) || property) {
    const gap = start === after ? ' ' : '';
    return { start, end, text: `${gap}${inline([...value], look)}` };
  }
  if (!old.flow) return { start, end, text: dashed(value, indentAt(text, start), look) };
  return { start, end, text: flowList(old.items[0], start, end, value, surroundings) };
}

/** A list in brackets, with a line for each item where the old one has it so. */
function flowList(
  first: unknown,
  start: number,
  end: number,
  value: readonly JsonValue[],
  { text, look }: Surroundings,
): string {
  const lead = first === undefined ? '' : text.slice(start + 1, startOf(first));
  if (!lead.includes('\n')) return inline([...value], look);
  const indent = indentAt(text, startOf(first));
  const inner = /^\s*$/.test(lineBefore(text, startOf(first))) ? lineBefore(text, startOf(first)) : indent;
  const close = /^\s*/.exec(lineBefore(text, end - 1))![0];
  const items = value.map((item) => `${inner}${inline(item, look)}`);
  return `[${look.lineEnd}${items.join(`,${look.lineEnd}`)}${look.lineEnd}${close}]`;
}

type Inserted = readonly JsonValue[] | { readonly field: string; readonly value: readonly JsonValue[] };

function insert(map: YAMLMap, key: string, added: Inserted, { text, look }: Surroundings): TextEdit {
  const value: JsonValue = 'field' in added ? { [added.field]: [...added.value] } : [...added];
  const member = `${keyText(key, look)}:${look.tight ? '' : ' '}${inline(value, look)}`;
  const [first] = map.items;
  if (!first) return { start: startOf(map), end: endOf(map, text), text: `{ ${member} }` };
  const from = startOf(first.key);
  const last = endOf(map.items.at(-1), text);
  const indent = indentAt(text, from);
  if (map.flow) {
    const lines = text.slice(startOf(map), from).includes('\n');
    const separator = lines ? `,${look.lineEnd}${lineBefore(text, from)}` : look.tight ? ',' : ', ';
    // A comment behind the last member stays with it: what is added goes before the first.
    const commented = look.keys !== 'double' && text.slice(last, lineEndAfter(text, last)).includes('#');
    return commented
      ? { start: from, end: from, text: `${member}${separator}` }
      : { start: last, end: last, text: `${separator}${member}` };
  }
  const block = blockMember(key, added, indent, look);
  if (key === 'source' || isBlockScalar(map.items.at(-1)!.value)) {
    return { start: from, end: from, text: `${block}${look.lineEnd}${indent}` };
  }
  const at = lineEndAfter(text, last);
  return { start: at, end: at, text: `${look.lineEnd}${indent}${block}` };
}

function blockMember(key: string, added: Inserted, indent: string, look: Look): string {
  const deeper = `${indent}  `;
  if ('field' in added) {
    return `${keyText(key, look)}:${look.lineEnd}${deeper}${blockMember(added.field, added.value, deeper, look)}`;
  }
  if (!look.dashes) return `${keyText(key, look)}: ${inline([...added], look)}`;
  return `${keyText(key, look)}:${look.lineEnd}${deeper}${dashed(added, deeper, look)}`;
}
