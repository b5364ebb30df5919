import { kind } from './kind.ts';

/** Schemas of events. */
export const schemaFindings = {
  'schema/invalid': kind(
    'error',
    'A schema is not a valid JSON Schema',
    (p: { problem: string }) => `not a valid JSON Schema: ${p.problem}`,
  ),
  'schema/duplicate': kind(
    'error',
    'Two schemas describe one event type',
    (p: { eventType: string }) => `${p.eventType} already has a schema`,
  ),
  'schema/missing-reference': kind(
    'error',
    'A schema refers to a file that is not there',
    (p: { reference: string; eventType: string }) =>
      `the schema of ${p.eventType} refers to "${p.reference}", which is not among the schema files`,
  ),
} as const;
