/**
 * An event type is a source and a detail-type, written `source@DetailType`. The last `@` divides, since a source
 * may hold one (partner sources do) and detail-types in practice do not.
 */
export interface EventType {
  readonly source: string;
  readonly detailType: string;
}

export type EventTypeId = string;

export function printEventType(type: EventType): EventTypeId {
  return `${type.source}@${type.detailType}`;
}

/** `source@DetailType` → its parts; undefined when either part is missing. */
export function parseEventType(text: string): EventType | undefined {
  const at = text.lastIndexOf('@');
  if (at <= 0 || at === text.length - 1) return undefined;
  return { source: text.slice(0, at), detailType: text.slice(at + 1) };
}
