import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import { nearest } from '../../json/nearest.ts';
import type { Condition } from '../pattern.ts';
import type { Lint } from './lint.ts';

/**
 * All that an event has beside `detail`. `replay-name` is there in replays only.
 * https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
 */
const envelope = [
  'version',
  'id',
  'detail-type',
  'source',
  'account',
  'time',
  'region',
  'resources',
  'detail',
  'replay-name',
];

/** Fields that people look for beside `detail` and that stand in it: those of an API call (CloudTrail). */
const inDetail = new Set([
  'eventName',
  'eventSource',
  'eventType',
  'eventCategory',
  'errorCode',
  'errorMessage',
  'userIdentity',
  'requestParameters',
  'responseElements',
  'awsRegion',
  'recipientAccountId',
]);

/** `{"detail_type": […]}`, `{"eventName": […]}`: nobody can add fields to the envelope, so no event ever matches. */
export const unknownEnvelopeField: Lint = ({ conditions, dialect }) =>
  dialect === 'rule' ? conditions.flatMap(problemOf) : [];

function problemOf({ path, choices, keySpan }: Condition): Diagnostic[] {
  const field = path.split('.')[0]!;
  if (envelope.includes(field)) return [];
  // What is to be absent is absent.
  if (choices.some((choice) => choice.kind === 'exists' && !choice.value)) return [];
  const meant = meantBy(field, path);
  const fix = meant === null ? {} : { fix: { text: `write ${meant}` } };
  return [finding('pattern/unknown-envelope-field', { field, nearest: meant }, { span: keySpan, ...fix })];
}

function meantBy(field: string, path: string): string | null {
  if (inDetail.has(field)) return `detail.${path}`;
  const bare = (text: string): string => text.toLowerCase().replace(/[^a-z]/g, '');
  return envelope.find((name) => bare(name) === bare(field)) ?? nearest(field, envelope) ?? null;
}
