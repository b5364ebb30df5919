import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Oracle } from '../../src/graph/oracle.ts';
import type { JsonValue } from '../../src/json/value.ts';
import { parseEventType } from '../../src/model/event-type.ts';
import { matchValue } from '../../src/pattern/match.ts';
import { no, yes } from '../../src/sets/verdict.ts';

const stages: readonly (string | undefined)[] = ['raw', 'processed', 'other', undefined];
const depths: readonly (number | undefined)[] = [
  undefined,
  ...Array.from({ length: 26 }, (_, depth) => depth),
];

/** Decides by trying: every stage and depth of every event type, judged by Ajv and the reference matcher. */
export function enumeratingOracle(eventTypes: readonly string[]): Oracle {
  const ajv = new Ajv2020({ strict: false, formats: { uuid: true, 'date-time': true } });
  const valid = new Map<string, JsonValue[]>();
  return {
    ask(contract, narrowed, pattern) {
      const schema = { allOf: [contract.schema, narrowed] };
      const key = JSON.stringify(schema);
      let events = valid.get(key);
      if (!events) {
        events = allEvents(eventTypes).filter(ajv.compile(schema) as (event: JsonValue) => boolean);
        valid.set(key, events);
      }
      const witness = events.find((event) => matchValue(pattern, event));
      return witness === undefined ? no('none of the tried events') : yes(witness);
    },
  };
}

function allEvents(eventTypes: readonly string[]): JsonValue[] {
  return eventTypes.flatMap((id) => {
    const { source, detailType } = parseEventType(id)!;
    return stages.flatMap((stage) => depths.map((depth) => eventOf(source, detailType, stage, depth)));
  });
}

function eventOf(
  source: string,
  detailType: string,
  stage: string | undefined,
  depth: number | undefined,
): JsonValue {
  return {
    version: '0',
    id: '6a7e8feb-b491-4cf7-a9f1-bf3703467718',
    'detail-type': detailType,
    source,
    account: '111122223333',
    time: '2026-01-01T00:00:00Z',
    region: 'us-east-1',
    resources: [],
    detail: {
      ...(stage === undefined ? {} : { processing_stage: stage }),
      ...(depth === undefined ? {} : { _chain_depth: depth }),
    },
  };
}
