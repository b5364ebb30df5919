import type { FieldSize } from './size.ts';
import type { Issue } from './validation.ts';

/** EventBridge has the event, under this id. */
export interface Published {
  readonly status: 'published';
  readonly eventId: string;
  /** How often it was sent. */
  readonly attempts: number;
}

/** EventBridge did not take the event, or did not say. */
export interface Failed {
  readonly status: 'failed';
  /** EventBridge's own code, the name of the error of the request, or `Deadline` or `Aborted`. */
  readonly code: string;
  readonly reason: string;
  readonly attempts: number;
  /**
   * Whether a request that held the event ended without an answer: it may have been taken all the same, so that
   * publishing it again may publish it twice.
   */
  readonly uncertain: boolean;
}

/** Never sent: the event itself is wrong. */
export interface Refused {
  readonly status: 'refused';
  readonly code: 'InvalidDetail' | 'TooLarge' | 'NotSerializable' | 'ReservedSource';
  readonly reason: string;
  readonly issues?: readonly Issue[];
  /** For `TooLarge`: bytes as EventBridge counts them, what a request may hold, and where they are. */
  readonly size?: number;
  readonly limit?: number;
  readonly largest?: readonly FieldSize[];
}

/** What became of one event. */
export type Fate = Published | Failed | Refused;

/** What became of each event, in the order they were given. */
export interface Report {
  readonly fates: readonly Fate[];
  readonly published: number;
  /** Failed or refused. */
  readonly unpublished: number;
}

export function reportOf(fates: readonly Fate[]): Report {
  const published = fates.filter(({ status }) => status === 'published').length;
  return { fates, published, unpublished: fates.length - published };
}

/** Thrown when not every event was published; says of each what became of it. */
export class PublishError extends Error {
  override readonly name = 'PublishError';
  readonly report: Report;

  constructor(report: Report, names: readonly string[]) {
    const lost = report.fates.flatMap((fate, i) =>
      fate.status === 'published' ? [] : [`${names[i]} (${fate.code}: ${fate.reason})`],
    );
    const more = lost.length > 3 ? `, and ${lost.length - 3} more` : '';
    super(
      `${lost.length} of ${report.fates.length} events not published: ${lost.slice(0, 3).join(', ')}${more}`,
    );
    this.report = report;
  }
}
