import type { JsonValue } from '../../json/value.ts';

/**
 * A JSON value as an expression of JavaScript. In an object literal `"__proto__": x` would set the prototype; in
 * brackets it is a member like any other.
 */
export function code(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(code).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value as Readonly<Record<string, JsonValue>>).map(([name, member]) => {
      const key = name === '__proto__' ? '["__proto__"]' : text(name);
      return `${key}: ${code(member)}`;
    });
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  return text(value as string);
}

function text(value: JsonValue): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
