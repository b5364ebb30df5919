import { isAlias, isMap, isPair, isScalar, isSeq, type Pair, type Scalar, type YAMLMap } from 'yaml';

/** Where the parts of a YAML (or JSON) text begin and end, without the spaces, comments and line ends that follow. */

type Part = { readonly range?: readonly [number, number, number] | null | undefined };

export function startOf(part: unknown): number {
  return (part as Part).range?.[0] ?? 0;
}

/** The end of what is written, where the library counts the lines up to the next value. */
export function endOf(part: unknown, text: string): number {
  if (isPair(part)) return endOfPair(part, text);
  if ((isMap(part) || isSeq(part)) && !part.flow && part.items.length > 0)
    return endOf(part.items.at(-1), text);
  return (part as Part).range?.[1] ?? 0;
}

function endOfPair(pair: Pair, text: string): number {
  const { value } = pair;
  const empty = value === null || (isScalar(value) && startOf(value) === endOf(value, text));
  if (!empty) return endOf(value, text);
  return afterColon(pair, text);
}

/** The offset after the colon of a pair. */
export function afterColon({ key }: Pair, text: string): number {
  const end = endOf(key, text);
  const colon = text.indexOf(':', end);
  return colon < 0 ? end : colon + 1;
}

/** The pair of a map with that key: the last one, as readers take it. */
export function pairOf(map: YAMLMap, key: string): Pair | undefined {
  return map.items.findLast((pair) => isScalar(pair.key) && String(pair.key.value) === key);
}

/** What stands between the beginning of a line and an offset. */
export function lineBefore(text: string, offset: number): string {
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
}

/** As many spaces as the column of an offset: `- ` of a list counts as spaces. */
export function indentAt(text: string, offset: number): string {
  return lineBefore(text, offset).replace(/\S/g, ' ');
}

export function lineEndAfter(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end < 0) return text.length;
  return text[end - 1] === '\r' ? end - 1 : end;
}

export function anchorOf(node: unknown): string | undefined {
  return isAlias(node) ? undefined : (node as { anchor?: string } | null)?.anchor;
}

export function isBlockScalar(node: unknown): node is Scalar {
  return isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED');
}
