import { posix } from 'node:path';
import { documentOf, type Span } from '../../../json/document.ts';
import { parseEmbeddedJson } from '../../../json/embedded.ts';
import { type Member, member, type Node, valueOf } from '../../../json/node.ts';
import { parseData } from '../../../json/parse-data.ts';
import { equalJson } from '../../../json/value.ts';
import { textNode } from '../../cloudformation/values.ts';
import type { Names } from './evaluate.ts';
import {
  booleanNode,
  encodedNode,
  isClosed,
  isEncoded,
  isOpen,
  listNode,
  numberNode,
  objectOf,
  textOfValue,
} from './nodes.ts';

/** Undefined: what it gives is not known. */
type Function = (given: readonly Node[], span: Span, names: Names) => Node | undefined;

/** Calls a function by its name. https://developer.hashicorp.com/terraform/language/functions */
export function callFunction(
  name: string,
  given: readonly Node[],
  span: Span,
  names: Names,
): Node | undefined {
  return functions.get(name.replace(/^core::/, ''))?.(given, span, names);
}

/** A function of texts that are known as a whole, or of texts whatever holes are in them. */
function ofTexts(run: (...texts: string[]) => string | undefined, holes = false): Function {
  return (given, span) => {
    const texts = given.map((node) => (holes || isClosed(node) ? textOfValue(node) : undefined));
    if (texts.some((text) => text === undefined)) return undefined;
    const made = run(...(texts as string[]));
    return made === undefined ? undefined : textNode(made, span);
  };
}

function itemsIn(node: Node | undefined): readonly Node[] | undefined {
  return node?.kind === 'array' && !isOpen(node) ? node.items : undefined;
}

function membersIn(node: Node | undefined): readonly Member[] | undefined {
  return node?.kind === 'object' ? node.members : undefined;
}

/** A function of one list. */
function ofList(run: (items: readonly Node[], span: Span) => Node | undefined): Function {
  return ([list], span) => {
    const items = itemsIn(list);
    return items && run(items, span);
  };
}

function distinct(items: readonly Node[]): Node[] {
  const kept: Node[] = [];
  for (const item of items)
    if (!kept.some((other) => equalJson(valueOf(other), valueOf(item)))) kept.push(item);
  return kept;
}

function flatten(items: readonly Node[], depth = 0): Node[] {
  return items.flatMap((item) => (item.kind === 'array' && depth < 50 ? flatten(item.items, depth + 1) : [item]));
}

/** `replace` takes a regular expression between slashes; those are not worked out. */
function replaced(text: string, search: string, by: string): string | undefined {
  return /^\/.*\/$/s.test(search) ? undefined : text.replaceAll(search, by);
}

function formatted(format: string, values: readonly string[]): string | undefined {
  let next = 0;
  let known = true;
  const made = format.replace(/%(%|[-+ #0]*[0-9]*(?:\.[0-9]+)?[a-zA-Z])/g, (whole, verb: string) => {
    if (verb === '%') return '%';
    const value = values[next++];
    if (value === undefined || !/^(?:[svd])$|^q$/.test(verb)) known = false;
    return verb === 'q' ? JSON.stringify(value) : (value ?? whole);
  });
  return known ? made : undefined;
}

function titled(text: string): string {
  return text.replace(/\b\p{L}/gu, (letter) => letter.toUpperCase());
}

function whole(given: readonly Node[], index: number): number | undefined {
  const number = Number(textOfValue(given[index]));
  return Number.isInteger(number) ? number : undefined;
}

const same: Function = ([value], span) => value && { ...value, span };

const merge: Function = (given, span) => {
  const members = new Map<string, Member>();
  for (const node of given) {
    if (node.kind === 'null') continue;
    const own = membersIn(node);
    if (!own) return undefined;
    for (const each of own) members.set(each.key, each);
  }
  return { kind: 'object', members: [...members.values()], span };
};

const concat: Function = (given, span) => {
  const lists = given.map(itemsIn);
  return lists.includes(undefined) ? undefined : listNode(lists.flatMap((list) => list ?? []), span);
};

const coalesce: Function = (given) => {
  for (const node of given) {
    if (isOpen(node)) return undefined;
    if (node.kind !== 'null' && textOfValue(node) !== '') return node;
  }
  return undefined;
};

const lookup: Function = ([map, key, fallback]) => {
  const name = key && textOfValue(key);
  if (map?.kind !== 'object' || name === undefined || (key && isOpen(key))) return undefined;
  return member(map, name)?.value ?? fallback;
};

const element: Function = (given) => {
  const [items, index] = [itemsIn(given[0]), whole(given, 1)];
  return items && index !== undefined && items.length > 0 ? items[index % items.length] : undefined;
};

const contains: Function = ([list, wanted], span) => {
  const items = itemsIn(list);
  if (!items || !wanted || !isClosed(wanted)) return undefined;
  if (items.some((item) => isClosed(item) && equalJson(valueOf(item), valueOf(wanted))))
    return booleanNode(true, span);
  return items.every(isClosed) ? booleanNode(false, span) : undefined;
};

const length: Function = ([value], span) => {
  if (!value) return undefined;
  const count =
    value.kind === 'array'
      ? value.items.length
      : value.kind === 'object'
        ? value.members.length
        : isOpen(value)
          ? undefined
          : textOfValue(value)?.length;
  return count === undefined ? undefined : numberNode(count, span);
};

const join: Function = ([separator, list], span) => {
  const [by, items] = [textOfValue(separator), itemsIn(list)];
  const texts = items?.map(textOfValue);
  if (by === undefined || !texts || texts.includes(undefined)) return undefined;
  return textNode(texts.join(by), span);
};

const split: Function = (given, span) => {
  const [by, text] = given.map(textOfValue);
  if (by === undefined || text === undefined || given.some(isOpen)) return undefined;
  return listNode(
    text.split(by).map((part) => textNode(part, span)),
    span,
  );
};

const range: Function = (given, span) => {
  const numbers = given.map((_node, index) => whole(given, index));
  if (numbers.includes(undefined) || numbers.length === 0) return undefined;
  const [first, second, step = 1] = numbers as number[];
  const [from, to] = second === undefined ? [0, first!] : [first!, second];
  if (step <= 0 || to - from > 10_000) return undefined;
  const items: Node[] = [];
  for (let at = from; at < to; at += step) items.push(numberNode(at, span));
  return listNode(items, span);
};

const jsondecode: Function = ([value], span) => {
  if (!value) return undefined;
  if (isEncoded(value)) return { ...value };
  return value.kind === 'string' ? parseEmbeddedJson(value).value && { ...parseEmbeddedJson(value).value!, span } : value;
};

const yamldecode: Function = ([value], span) => {
  if (value?.kind !== 'string' || isOpen(value)) return undefined;
  const read = parseData(documentOf(span.document.path, value.value)).value;
  return read && placed(read, span);
};

/** Every part at one place: that of the call which made it. */
function placed(node: Node, span: Span): Node {
  if (node.kind === 'array') return { ...node, span, items: node.items.map((item) => placed(item, span)) };
  if (node.kind !== 'object') return { ...node, span };
  const members = node.members.map((each) => ({ ...each, keySpan: span, value: placed(each.value, span) }));
  return { ...node, span, members };
}

const file: Function = ([path], span, names) => {
  const text = path && !isOpen(path) ? names.file(textOfValue(path) ?? '') : undefined;
  return text === undefined ? undefined : textNode(text, span);
};

const templatefile: Function = ([path, values], span, names) => {
  const text = path && !isOpen(path) ? names.file(textOfValue(path) ?? '') : undefined;
  if (text === undefined || /%\{/.test(text) || values?.kind !== 'object') return undefined;
  let known = true;
  const made = text.replace(/(?<!\$)\$\{\s*([^{}]*?)\s*\}/g, (_whole, name: string) => {
    const value = textOfValue(member(values, name)?.value);
    if (value === undefined) known = false;
    return value ?? '';
  });
  return known ? textNode(made.replaceAll('$${', '${'), span) : undefined;
};

const zipmap: Function = ([keys, values], span) => {
  const [names, items] = [itemsIn(keys)?.map(textOfValue), itemsIn(values)];
  if (!names || !items || names.includes(undefined)) return undefined;
  return objectOf(
    names.flatMap((name, index) => (items[index] ? [[name!, items[index]] as const] : [])),
    span,
  );
};

const setproduct: Function = (given, span) => {
  const lists = given.map(itemsIn);
  if (lists.includes(undefined)) return undefined;
  const rows = (lists as (readonly Node[])[]).reduce<Node[][]>(
    (made, list) => (made.length * list.length > 10_000 ? made : made.flatMap((row) => list.map((item) => [...row, item]))),
    [[]],
  );
  return listNode(
    rows.map((row) => listNode(row, span)),
    span,
  );
};

const functions: ReadonlyMap<string, Function> = new Map<string, Function>([
  ['jsonencode', ([value], span) => value && encodedNode({ ...value, span })],
  ['jsondecode', jsondecode],
  ['yamldecode', yamldecode],
  ['file', file],
  ['templatefile', templatefile],
  ['format', ([format, ...values], span) => {
    const [text, texts] = [textOfValue(format), values.map(textOfValue)];
    if (text === undefined || texts.includes(undefined)) return undefined;
    const made = formatted(text, texts as string[]);
    return made === undefined ? undefined : textNode(made, span);
  }],
  ['join', join],
  ['split', split],
  ['lower', ofTexts((text) => text?.toLowerCase())],
  ['upper', ofTexts((text) => text?.toUpperCase())],
  ['title', ofTexts((text) => titled(text!))],
  ['trimspace', ofTexts((text) => text?.trim(), true)],
  ['chomp', ofTexts((text) => text?.replace(/[\r\n]+$/, ''), true)],
  ['trimprefix', ofTexts((text, cut) => (text?.startsWith(cut!) ? text.slice(cut!.length) : text), true)],
  ['trimsuffix', ofTexts((text, cut) => (text?.endsWith(cut!) ? text.slice(0, text.length - cut!.length) : text))],
  ['replace', ofTexts((text, search, by) => replaced(text!, search!, by!))],
  ['substr', ofTexts((text, from, count) => {
    const [start, size] = [Number(from), Number(count)];
    return start < 0 ? undefined : size < 0 ? text?.slice(start) : text?.slice(start, start + size);
  })],
  ['basename', ofTexts((path) => posix.basename(path!))],
  ['dirname', ofTexts((path) => posix.dirname(path!))],
  ['startswith', ([text, head], span) => ends(text, head, span, (a, b) => a.startsWith(b))],
  ['endswith', ([text, tail], span) => ends(text, tail, span, (a, b) => a.endsWith(b))],
  ['strcontains', ([text, part], span) => ends(text, part, span, (a, b) => a.includes(b))],
  ['merge', merge],
  ['concat', concat],
  ['coalesce', coalesce],
  ['lookup', lookup],
  ['element', element],
  ['contains', contains],
  ['length', length],
  ['range', range],
  ['zipmap', zipmap],
  ['setproduct', setproduct],
  ['flatten', ofList((items, span) => (items.some(isOpen) ? undefined : listNode(flatten(items), span)))],
  ['distinct', ofList((items, span) => listNode(distinct(items), span))],
  ['toset', ofList((items, span) => listNode(distinct(items), span))],
  ['compact', ofList((items, span) => listNode(items.filter((item) => item.kind !== 'null' && textOfValue(item) !== ''), span))],
  ['reverse', ofList((items, span) => listNode([...items].reverse(), span))],
  ['sort', ofList((items, span) => (items.every(isClosed) ? listNode([...items].sort((a, b) => ((textOfValue(a) ?? '') < (textOfValue(b) ?? '') ? -1 : 1)), span) : undefined))],
  ['one', ofList((items, span) => (items.length > 1 ? undefined : (items[0] ?? { kind: 'null', span })))],
  ['keys', ([map], span) => membersIn(map) && listNode(membersIn(map)!.map(({ key, keySpan }) => textNode(key, keySpan)), span)],
  ['values', ([map], span) => membersIn(map) && listNode(membersIn(map)!.map(({ value }) => value), span)],
  ['tolist', same],
  ['tomap', same],
  ['tostring', ([value], span) => (value && textOfValue(value) !== undefined ? textNode(textOfValue(value)!, span) : value)],
  ['tonumber', same],
  ['tobool', same],
  ['sensitive', same],
  ['nonsensitive', same],
]);

function ends(
  text: Node | undefined,
  part: Node | undefined,
  span: Span,
  test: (a: string, b: string) => boolean,
): Node | undefined {
  if (!text || !part || isOpen(text) || isOpen(part)) return undefined;
  const [a, b] = [textOfValue(text), textOfValue(part)];
  return a === undefined || b === undefined ? undefined : booleanNode(test(a, b), span);
}
