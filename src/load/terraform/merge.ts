import { type Member, member, type Node, nodeAt, valueOf } from '../../json/node.ts';
import { equalJson, type JsonValue } from '../../json/value.ts';
import { scalarText, textNode } from '../cloudformation/values.ts';
import { isClosed, isOpen, textOfValue } from './hcl/nodes.ts';
import { uncovered } from './secrets.ts';

/**
 * A value as a plan has it, completed by what is written: where the plan does not know a part yet, the written
 * expression tells what it will be made of; where both know it, the written one has the better place.
 * `unknown` has the form of the value, with `true` for what the plan does not know.
 */
export function merged(
  planned: Node | undefined,
  unknown: Node | undefined,
  written: Node | undefined,
  otherwise: () => Node,
): Node | undefined {
  if (unknown?.kind === 'boolean' && unknown.value) return written ?? otherwise();
  if (!planned || planned.kind === 'null')
    return unknown && unknown.kind !== 'boolean' && planned ? (written ?? undefined) : undefined;
  if (planned.kind === 'object') return mergedObject(planned, unknown, written, otherwise);
  if (planned.kind === 'array') {
    const list =
      written?.kind === 'array' && written.items.length === planned.items.length ? written : undefined;
    // What only references tell of a list is told of every item that is not known.
    const loose = list ? undefined : written;
    const items = planned.items.flatMap((item, index) => {
      const mask = nodeAt(unknown, index);
      const open = mask?.kind === 'boolean' && mask.value;
      const from = list?.items[index] ?? (open ? loose : undefined);
      return merged(item, mask, from, otherwise) ?? [];
    });
    return { ...planned, items, span: written?.span ?? planned.span };
  }
  if (planned.kind === 'string') return mergedText(planned, written);
  return written && isClosed(written) && scalarText(written) === scalarText(planned)
    ? written
    : { ...planned, span: written?.span ?? planned.span };
}

function mergedObject(
  planned: Node & { kind: 'object' },
  unknown: Node | undefined,
  written: Node | undefined,
  otherwise: () => Node,
): Node {
  const keys = new Map(planned.members.map(({ key, keySpan }) => [key, keySpan]));
  for (const { key, keySpan, value } of unknown?.kind === 'object' ? unknown.members : [])
    if (!keys.has(key) && value.kind === 'boolean' && value.value) keys.set(key, keySpan);
  const members: Member[] = [];
  for (const [key, keySpan] of keys) {
    const own = member(written, key);
    const value = merged(
      member(planned, key)?.value,
      member(unknown, key)?.value,
      own?.value ?? (written?.kind === 'string' ? written : undefined),
      otherwise,
    );
    if (value) members.push({ key, keySpan: own?.keySpan ?? keySpan, value });
  }
  return { ...planned, members, span: written?.kind === 'object' ? written.span : planned.span };
}

/** The same text, or the JSON text of the same value, is taken as it is written. */
function mergedText(planned: Node & { kind: 'string' }, written: Node | undefined): Node {
  if (written && !isOpen(written)) {
    if (textOfValue(written) === planned.value) return written;
    if ((written.kind === 'object' || written.kind === 'array') && isClosed(written)) {
      const value = parsed(planned.value);
      if (value !== undefined && equalJson(value, valueOf(written))) return written;
    }
  }
  const value = uncovered(planned.value);
  const span = written?.span ?? planned.span;
  return value === planned.value && !written ? planned : textNode(value, span);
}

function parsed(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
