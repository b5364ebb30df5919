import { isObject, type JsonValue } from '../../json/value.ts';
import { envelopeProperties, envelopeRequired } from '../../model/envelope.ts';
import type { Dice } from '../sample/dice.ts';

const ACCOUNTS = ['111122223333', '444455556666'];
const REGIONS = ['us-east-1', 'eu-central-1', 'ap-northeast-1'];
/** All in the past: what happened cannot lie ahead. */
const FIRST = Date.UTC(2024, 0, 1);
const SECONDS = 2 * 365 * 86_400;

/** The schema of any delivered event. */
export const anyEvent: JsonValue = {
  type: 'object',
  properties: envelopeProperties,
  required: envelopeRequired,
};

/** The members that EventBridge fills in, as it might. */
export function serviceMembers(dice: Dice): { readonly [name: string]: JsonValue } {
  return {
    version: '0',
    id: uuid(dice),
    account: dice.pick(ACCOUNTS),
    time: new Date(FIRST + dice.below(SECONDS) * 1000).toISOString().replace('.000', ''),
    region: dice.pick(REGIONS),
    resources: [],
  };
}

/** An event with the service's members as it might fill them in, in the order in which it writes them. */
export function withServiceMembers(event: JsonValue, dice: Dice): JsonValue {
  if (!isObject(event)) return event;
  const filled: Record<string, JsonValue> = { ...event, ...serviceMembers(dice) };
  const names = [...envelopeRequired, ...Object.keys(filled)];
  return Object.fromEntries(
    [...new Set(names)].flatMap((name) => (name in filled ? [[name, filled[name]!]] : [])),
  );
}

/** An event without members beside the envelope's: a pattern that wants a field absent speaks of `detail.field` too. */
export function withoutStray(event: JsonValue): JsonValue {
  if (!isObject(event)) return event;
  return Object.fromEntries(Object.entries(event).filter(([name]) => envelopeRequired.includes(name)));
}

function uuid(dice: Dice): string {
  const digits = (count: number) => Array.from({ length: count }, () => dice.below(16).toString(16)).join('');
  return `${digits(8)}-${digits(4)}-4${digits(3)}-${dice.pick([...'89ab'])}${digits(3)}-${digits(12)}`;
}
