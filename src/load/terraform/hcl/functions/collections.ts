import { type Member, member, type Node, valueOf } from '../../../../json/node.ts';
import { equalJson } from '../../../../json/value.ts';
import { textNode } from '../../../cloudformation/values.ts';
import { booleanNode, isClosed, isOpen, listNode, numberNode, objectOf, textOfValue } from '../nodes.ts';
import { type Function, itemsIn, membersIn, ofList, whole } from './function.ts';

function distinct(items: readonly Node[]): Node[] {
  const kept = new Map<string, Node>();
  for (const item of items) {
    const key = JSON.stringify(valueOf(item));
    if (!kept.has(key)) kept.set(key, item);
  }
  return [...kept.values()];
}

function flatten(items: readonly Node[], depth = 0): Node[] {
  return items.flatMap((item) =>
    item.kind === 'array' && depth < 50 ? flatten(item.items, depth + 1) : [item],
  );
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
  const length = lists.reduce((sum, list) => sum + (list?.length ?? 0), 0);
  if (lists.includes(undefined) || length > 10_000) return undefined;
  return listNode(
    lists.flatMap((list) => list ?? []),
    span,
  );
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
    (made, list) =>
      made.length * list.length > 10_000 ? made : made.flatMap((row) => list.map((item) => [...row, item])),
    [[]],
  );
  return listNode(
    rows.map((row) => listNode(row, span)),
    span,
  );
};

/** https://developer.hashicorp.com/terraform/language/functions, under "Collection functions" and "Type conversion functions" */
export const collectionFunctions: readonly (readonly [name: string, run: Function])[] = [
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
  [
    'compact',
    ofList((items, span) =>
      listNode(
        items.filter((item) => item.kind !== 'null' && textOfValue(item) !== ''),
        span,
      ),
    ),
  ],
  ['reverse', ofList((items, span) => listNode([...items].reverse(), span))],
  [
    'sort',
    ofList((items, span) =>
      items.every(isClosed)
        ? listNode(
            [...items].sort((a, b) => ((textOfValue(a) ?? '') < (textOfValue(b) ?? '') ? -1 : 1)),
            span,
          )
        : undefined,
    ),
  ],
  ['one', ofList((items, span) => (items.length > 1 ? undefined : (items[0] ?? { kind: 'null', span })))],
  [
    'keys',
    ([map], span) =>
      membersIn(map) &&
      listNode(
        membersIn(map)!.map(({ key, keySpan }) => textNode(key, keySpan)),
        span,
      ),
  ],
  [
    'values',
    ([map], span) =>
      membersIn(map) &&
      listNode(
        membersIn(map)!.map(({ value }) => value),
        span,
      ),
  ],
  ['tolist', same],
  ['tomap', same],
  ['tonumber', same],
  ['tobool', same],
  ['sensitive', same],
  ['nonsensitive', same],
];
