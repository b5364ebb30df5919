import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Oracle } from '../../src/graph/oracle.ts';
import { isObject, type JsonObject, type JsonValue, own } from '../../src/json/value.ts';
import type { Contract } from '../../src/model/contract.ts';
import type { EventType } from '../../src/model/event-type.ts';
import { matchValue } from '../../src/pattern/match.ts';
import { no, type Verdict, yes } from '../../src/sets/verdict.ts';

const stages = ['raw', 'processed', 'other', undefined];
const kinds = ['a', 'b', 'other', undefined];
const depths = [undefined, 0, 1, 2, 3, 4, 5, 6, 7];

/** Decides by trying: every stage, kind and depth of every event type, judged by Ajv and the reference matcher. */
export function enumeratingOracle(): Oracle {
  const ajv = new Ajv2020({ strict: false });
  /** By event type, then by the object of the schema: the systems share a few. */
  const valid = new Map<string, Map<JsonValue, JsonValue[]>>();
  const texts = new WeakMap<object, string>();
  const narrowed = new Map<JsonValue[], Map<string, JsonValue[]>>();

  const validOf = (id: string, type: EventType, schema: JsonValue): JsonValue[] => {
    const bySchema = valid.get(id) ?? new Map<JsonValue, JsonValue[]>();
    valid.set(id, bySchema);
    const known =
      bySchema.get(schema) ?? allEvents(type, ajv.compile(schema as JsonObject) as (v: JsonValue) => boolean);
    bySchema.set(schema, known);
    return known;
  };

  // The same object mostly comes again; across systems the same content does.
  const textOf = (narrowing: JsonValue): string => {
    if (!isObject(narrowing)) return String(narrowing);
    const known = texts.get(narrowing) ?? JSON.stringify(narrowing);
    texts.set(narrowing, known);
    return known;
  };

  const eventsOf = (contract: Contract, narrowing: JsonValue): JsonValue[] => {
    const all = validOf(contract.id, contract.type, contract.detailSchema);
    const byNarrowing = narrowed.get(all) ?? new Map<string, JsonValue[]>();
    narrowed.set(all, byNarrowing);
    const key = textOf(narrowing);
    const events = byNarrowing.get(key) ?? all.filter((event) => obeys(event, narrowing));
    byNarrowing.set(key, events);
    return events;
  };
  const answer = (witness: JsonValue | undefined): Verdict<JsonValue> =>
    witness === undefined ? no('none of the tried events') : yes(witness);

  return {
    ask: (contract, narrowing, pattern) =>
      answer(eventsOf(contract, narrowing).find((event) => matchValue(pattern, event))),
    askAll: (contract, narrowing, patterns) =>
      answer(
        eventsOf(contract, narrowing).find((event) => patterns.every((each) => matchValue(each, event))),
      ),
  };
}

function allEvents(type: EventType, valid: (detail: JsonValue) => boolean): JsonValue[] {
  return stages.flatMap((stage) =>
    kinds.flatMap((kind) =>
      depths
        .map((depth) => ({
          ...(stage === undefined ? {} : { processing_stage: stage }),
          ...(kind === undefined ? {} : { kind }),
          ...(depth === undefined ? {} : { _chain_depth: depth }),
        }))
        .filter(valid)
        .map((detail) => ({
          version: '0',
          id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
          'detail-type': type.detailType,
          source: type.source,
          account: '111122223333',
          time: '2026-01-01T00:00:00Z',
          region: 'us-east-1',
          resources: [],
          detail,
        })),
    ),
  );
}

/** The few keywords that narrowings are made of. */
function obeys(value: JsonValue | undefined, schema: JsonValue): boolean {
  if (!isObject(schema)) return schema === true;
  return Object.entries(schema).every(([keyword, given]) => {
    switch (keyword) {
      case 'allOf':
        return (given as readonly JsonValue[]).every((each) => obeys(value, each));
      case 'not':
        return !obeys(value, given);
      case 'enum':
        return (given as readonly JsonValue[]).some((each) => each === value);
      case 'minimum':
        return typeof value !== 'number' || value >= (given as number);
      case 'maximum':
        return typeof value !== 'number' || value <= (given as number);
      case 'type':
        if (given === 'string') return typeof value === 'string';
        return given === 'object' ? isObject(value) : given === 'integer' && Number.isInteger(value);
      case 'required':
        return (
          !isObject(value) ||
          (given as readonly string[]).every((name) => own(value as JsonObject, name) !== undefined)
        );
      case 'properties':
        return Object.entries(given as JsonObject).every(([name, each]) => {
          const member = isObject(value) ? own(value, name) : undefined;
          return member === undefined || obeys(member, each);
        });
      default:
        throw new Error(`no narrowing has ${keyword}`);
    }
  });
}
