import { printHoles } from '../json/holes.ts';
import { isObject, type JsonValue } from '../json/value.ts';

/**
 * JSON for people: on one line while it fits the width, otherwise one member a line. Holes show as `${name}`.
 */
export function showJson(value: JsonValue, width: number, indent = ''): string {
  const flat = inline(value);
  if (indent.length + flat.length <= width) return flat;
  const deeper = `${indent}  `;
  if (Array.isArray(value)) {
    const items = value.map((item) => `${deeper}${showJson(item, width, deeper)}`);
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  if (!isObject(value)) return flat;
  const members = Object.entries(value).map(
    ([key, item]) => `${deeper}${JSON.stringify(key)}: ${showJson(item, width, deeper)}`,
  );
  return `{\n${members.join(',\n')}\n${indent}}`;
}

function inline(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(inline).join(', ')}]`;
  if (isObject(value)) {
    const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${inline(item)}`);
    return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
  }
  return printHoles(JSON.stringify(value));
}
