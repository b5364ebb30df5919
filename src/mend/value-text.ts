import { isMap, isScalar, isSeq, type YAMLMap } from 'yaml';
import { isObject, type JsonValue } from '../json/value.ts';

/** How a pattern is written, so that what is added looks like the rest of it. */
export interface Look {
  /** Quotes of keys and texts; JSON has double ones. */
  readonly keys: 'plain' | 'single' | 'double';
  readonly texts: 'plain' | 'single' | 'double';
  /** No spaces after commas and colons. */
  readonly tight: boolean;
  /** Lists have a line for each item, with a dash. */
  readonly dashes: boolean;
  readonly lineEnd: string;
}

const quotes = { QUOTE_DOUBLE: 'double', QUOTE_SINGLE: 'single' } as const;

/** The look of a pattern, taken from its first key, its first text and its first list. */
export function lookOf(pattern: YAMLMap, text: string): Look {
  const key = pattern.items[0]?.key;
  const keys = quoteOf(key);
  const first = firstText(pattern);
  const json = pattern.flow === true && keys === 'double';
  const lists = pattern.items.map(({ value }) => value).filter((value) => isSeq(value));
  return {
    keys,
    texts: json ? 'double' : first === undefined ? keys : quoteOf(first),
    tight: json && !/[,:]\s/.test(text.slice(pattern.range?.[0], pattern.range?.[1])),
    dashes: lists.length > 0 && lists.every((list) => !list.flow),
    lineEnd: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

function quoteOf(node: unknown): Look['keys'] {
  return (isScalar(node) && quotes[node.type as keyof typeof quotes]) || 'plain';
}

function firstText(node: unknown): unknown {
  // A number says nothing of how texts are written.
  if (isScalar(node)) return node.type === 'PLAIN' && /^[-+.\d]/.test(String(node.value)) ? undefined : node;
  if (isSeq(node)) return node.items.map(firstText).find((found) => found !== undefined);
  if (isMap(node))
    return node.items.map(({ value }) => firstText(value)).find((found) => found !== undefined);
  return undefined;
}

/** A value on one line: `[a, { prefix: b }]`, in the quotes of the rest. */
export function inline(value: JsonValue, look: Look): string {
  const space = look.tight ? '' : ' ';
  if (Array.isArray(value)) return `[${value.map((item) => inline(item, look)).join(`,${space}`)}]`;
  if (isObject(value)) {
    const members = Object.entries(value).map(
      ([key, item]) => `${keyText(key, look)}:${space}${inline(item, look)}`,
    );
    return `{${space}${members.join(`,${space}`)}${space}}`;
  }
  return typeof value === 'string' ? quoted(value, look.texts) : JSON.stringify(value);
}

export function keyText(key: string, look: Look): string {
  return quoted(key, look.keys);
}

/** A list with a dash for each item; the first line has no indentation. */
export function dashed(items: readonly JsonValue[], indent: string, look: Look): string {
  return items.map((item) => `- ${dashedItem(item, look)}`).join(`${look.lineEnd}${indent}`);
}

function dashedItem(item: JsonValue, look: Look): string {
  if (!isObject(item)) return inline(item, look);
  const [[key, value] = ['', null], ...others] = Object.entries(item);
  return others.length > 0 ? inline(item, look) : `${keyText(key, look)}: ${inline(value, look)}`;
}

/** Words that YAML readers of one version or another take for something else than a text. */
const notTexts = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

function quoted(text: string, quote: Look['keys']): string {
  if (quote === 'plain' && /^[A-Za-z_][\w./-]*$/.test(text) && !notTexts.test(text)) return text;
  if (quote !== 'double' && /^[\x20-\x7e]*$/.test(text)) {
    if (quote === 'single') return `'${text.replaceAll("'", "''")}'`;
  }
  return JSON.stringify(text);
}
