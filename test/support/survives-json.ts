import { documentOf } from '../../src/json/document.ts';
import { itemsOf, membersOf, type Node } from '../../src/json/node.ts';
import { parseJson } from '../../src/json/parse-json.ts';
import type { JsonValue } from '../../src/json/value.ts';
import { patternNumber } from '../../src/pattern/numbers.ts';

/**
 * The value of a JSON text, or undefined if `JSON.parse` does not read it or loses something that a matcher looks
 * at: digits of numbers that no double holds, repeated names, the place of names of digits beside others.
 */
export function survivingValue(text: string): JsonValue | undefined {
  const { value: node } = parseJson(documentOf('text', text));
  return node && !loses(node) ? (JSON.parse(text) as JsonValue) : undefined;
}

function loses(node: Node): boolean {
  if (node.kind === 'number') return !patternNumber(node.raw, node.value).comparable;
  const names = membersOf(node).map(({ key }) => key);
  if (new Set(names).size < names.length) return true;
  if (names.includes('$or') && names.some((name) => /^[0-9]+$/.test(name))) return true;
  return itemsOf(node).some(loses) || membersOf(node).some(({ value }) => loses(value));
}
