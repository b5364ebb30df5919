/** An event as EventBridge delivers it (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events.html). */
export interface EventEnvelope<
  Source extends string = string,
  DetailType extends string = string,
  Detail = unknown,
> {
  readonly version: string;
  readonly id: string;
  readonly source: Source;
  readonly 'detail-type': DetailType;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Detail;
  /** Set on events that a replay delivers once more. */
  readonly 'replay-name'?: string;
}

/**
 * What is wrong with an envelope; undefined when it is one. Asked for are the members that decide what is done with
 * the event; members that EventBridge may add one day are let through.
 */
export function envelopeProblem(event: unknown): string | undefined {
  if (Array.isArray(event)) return 'a list, not one event';
  if (typeof event !== 'object' || event === null)
    return `${event === null ? 'null' : typeof event}, no event`;
  const { version, id, source, detail, 'detail-type': detailType } = event as Partial<EventEnvelope>;
  if (version !== '0') return `version ${JSON.stringify(version)}; "0" is known`;
  for (const [name, value] of Object.entries({ id, source, 'detail-type': detailType })) {
    if (typeof value !== 'string' || value === '') return `${name} is ${JSON.stringify(value)}, not a text`;
  }
  const isObject = typeof detail === 'object' && detail !== null && !Array.isArray(detail);
  return isObject ? undefined : 'detail is not an object';
}
