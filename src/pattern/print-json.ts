import { isObject, type JsonObject, type JsonValue } from '../json/value.ts';
import { printNumber } from './numbers.ts';

/** A number to be printed with exactly these characters. */
export class RawNumber {
  readonly raw: string;
  constructor(raw: string) {
    this.raw = raw;
  }
}

/** A JSON value whose numbers may be given as their text, to keep digits that a double loses. */
export type Printed = JsonValue | RawNumber | readonly Printed[] | { readonly [key: string]: Printed };

/** JSON text; on several lines if an indent is given. Throws a RangeError where the nesting exhausts the stack. */
export function printJson(value: Printed, indent = 0): string {
  return print(value, indent, indent > 0 ? '\n' : '');
}

function print(value: Printed, indent: number, line: string): string {
  if (value instanceof RawNumber) return value.raw;
  if (typeof value === 'number') return printNumber(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const inner = indent > 0 ? line + ' '.repeat(indent) : '';
  if (Array.isArray(value)) {
    const items = (value as readonly Printed[]).map((item) => inner + print(item, indent, inner));
    return items.length === 0 ? '[]' : `[${items.join(',')}${line}]`;
  }
  const gap = indent > 0 ? ' ' : '';
  const members = Object.entries(value as { readonly [key: string]: Printed }).map(
    ([key, item]) => `${inner}${JSON.stringify(key)}:${gap}${print(item, indent, inner)}`,
  );
  return members.length === 0 ? '{}' : `{${members.join(',')}${line}}`;
}

/** The value without number texts: digits that a double does not hold are rounded. */
export function plainJson(value: Printed): JsonValue {
  if (value instanceof RawNumber) return Number(value.raw);
  if (Array.isArray(value)) return (value as readonly Printed[]).map(plainJson);
  if (!isObject(value)) return value as JsonValue;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, plainJson(item as Printed)]),
  ) as JsonObject;
}
