import { isObject, type JsonObject, type JsonValue } from '../../json/value.ts';
import { entrySize, MAX_BYTES, MAX_ENTRIES } from '../../runtime/size.ts';

/** An entry of a PutEvents request, as the code under test wrote it. */
export interface RequestEntry {
  readonly Source?: string;
  readonly DetailType?: string;
  readonly Detail?: string;
  readonly EventBusName?: string;
  readonly Time?: Date;
  readonly Resources?: readonly string[];
}

/** What became of an entry. */
export interface SentEntry {
  readonly entry: RequestEntry;
  /** `source@DetailType` */
  readonly type: string;
  /** Undefined where it is no JSON object. */
  readonly detail: JsonObject | undefined;
  readonly eventId?: string;
  readonly errorCode?: string;
  /** The number of the request, from 0. */
  readonly request: number;
}

/** Decides that an entry is refused, and with which code; undefined: it is taken. */
export type Refuse = (sent: {
  readonly request: number;
  readonly index: number;
  readonly count: number;
}) => string | undefined;

let ids = 0;

/**
 * Takes a PutEvents request as the service does: refuses requests that are too large as a whole, entries that are not
 * well-formed one by one, and answers 200 for the others whatever their bus.
 */
export function takeRequest(
  input: Readonly<Record<string, unknown>>,
  request: number,
  refuse: Refuse = () => undefined,
): { readonly sent: readonly SentEntry[]; readonly output: object } {
  const entries = (input['Entries'] ?? []) as readonly RequestEntry[];
  const size = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (entries.length === 0 || entries.length > MAX_ENTRIES || size > MAX_BYTES) {
    throw Object.assign(new Error(`${entries.length} entries of ${size} bytes in one PutEvents request`), {
      name: 'ValidationException',
      $fault: 'client',
      $metadata: { httpStatusCode: 400 },
    });
  }
  const sent = entries.map((entry, index): SentEntry => {
    const detail = objectIn(entry.Detail);
    const errorCode = malformed(entry, detail) ?? refuse({ request, index, count: entries.length });
    const told = errorCode === undefined ? { eventId: `sent-${++ids}` } : { errorCode };
    return { entry, type: `${entry.Source}@${entry.DetailType}`, detail, request, ...told };
  });
  const Entries = sent.map(({ eventId, errorCode }) =>
    errorCode === undefined ? { EventId: eventId } : { ErrorCode: errorCode, ErrorMessage: errorCode },
  );
  return { sent, output: { Entries, FailedEntryCount: sent.filter(({ errorCode }) => errorCode).length } };
}

function sizeOf(entry: RequestEntry): number {
  const { Source = '', DetailType = '', Detail = '' } = entry;
  return entrySize({ ...entry, Source, DetailType, Detail } as Parameters<typeof entrySize>[0]);
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsResultEntry.html */
function malformed({ Source, DetailType }: RequestEntry, detail: JsonObject | undefined): string | undefined {
  if (!Source || !DetailType) return 'InvalidArgument';
  if (Source.startsWith('aws.')) return 'NotAuthorizedForSourceException';
  return detail ? undefined : 'MalformedDetail';
}

function objectIn(text: string | undefined): JsonObject | undefined {
  try {
    const value = JSON.parse(text ?? '') as JsonValue;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
