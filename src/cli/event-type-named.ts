import type { FlowGraph } from '../graph/hops.ts';
import { printHoles } from '../json/holes.ts';
import { nearest } from '../json/nearest.ts';
import { type EventType, parseEventType, printEventType } from '../model/event-type.ts';
import { UsageError } from './command.ts';

/**
 * The event type a user names: `source@DetailType`, or the detail-type alone where only one has it. An event type that
 * nobody here speaks of may come from outside, so that it is taken as it is written.
 */
export function eventTypeNamed(text: string, { nodes }: FlowGraph): EventType {
  return eventTypeAmong(
    text,
    [...nodes.values()].flatMap(({ type }) => type ?? []),
  );
}

/** The same, of event types that are known otherwise. */
export function eventTypeAmong(text: string, known: readonly EventType[]): EventType {
  const types = new Map(known.map((type) => [printHoles(printEventType(type)), type]));
  const exact = types.get(text);
  if (exact) return exact;
  const named = [...types.values()].filter(({ detailType }) => printHoles(detailType) === text);
  if (named.length === 1) return named[0]!;
  if (named.length > 1) {
    const listed = named.map((type) => printHoles(printEventType(type))).join(', ');
    throw new UsageError(`several event types are called "${text}": ${listed}`);
  }
  const parsed = parseEventType(text);
  if (parsed) return parsed;
  const near = nearest(text, [...[...types.values()].map(({ detailType }) => detailType), ...types.keys()]);
  throw new UsageError(
    `no event type is called "${text}"${near === undefined ? '' : `; did you mean "${near}"?`} (source@DetailType names any)`,
  );
}
