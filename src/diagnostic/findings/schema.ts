import { kind } from './kind.ts';

/** JSON Schemas: what is wrong with them, and readings worth knowing. */
export const schemaFindings = {
  'schema/invalid': kind(
    'error',
    'A schema is not a valid JSON Schema',
    (p: { pointer: string; keyword: string; expected: string }) =>
      `"${p.keyword}" must be ${p.expected}${p.pointer === '' ? '' : ` (at ${p.pointer})`}`,
  ),
  'schema/duplicate': kind(
    'error',
    'Two schemas describe one event type',
    (p: { eventType: string }) => `${p.eventType} already has a schema`,
  ),
  'schema/unresolved-reference': kind(
    'warning',
    'A reference leads to a schema that was not given',
    (p: { pointer: string; reference: string }) =>
      `no schema found for the reference ${p.reference}: whether values satisfy it stays unknown`,
  ),
  'schema/reference-siblings': kind(
    'warning',
    'Keywords beside $ref in an old draft: applied here, ignored by the draft',
    (p: { pointer: string; keywords: string; dialect: string }) =>
      `${p.keywords} beside $ref: ${p.dialect} says to ignore it, validators and Busproof apply it`,
  ),
  'schema/unusual-reading': kind(
    'warning',
    'A schema is read in a way that other tools may not share',
    (p: { pointer: string; keyword: string; remark: string }) => `${p.keyword}: ${p.remark}`,
  ),
  'schema/not-expressible': kind(
    'error',
    'No code can be generated for a schema',
    (p: { eventType: string; reason: string }) => `no code can be generated for ${p.eventType}: ${p.reason}`,
  ),
  'schema/validator-limit': kind(
    'warning',
    'A keyword that the generated validator does not judge as the specification says',
    (p: { eventType: string; keyword: string; effect: string }) =>
      `${p.eventType} uses "${p.keyword}", which the generated validator does not judge exactly: ${p.effect}`,
  ),
  'schema/no-depth': kind(
    'warning',
    'An event type has no room for the chain depth',
    (p: { eventType: string; member: string }) =>
      `${p.eventType} has no member "${p.member}" and admits none: what follows from it starts at depth 0 again`,
  ),
  'schema/example-invalid': kind(
    'error',
    'An example does not fit its own schema',
    (p: { eventType: string; number: number }) =>
      `example ${p.number} of ${p.eventType} is not valid under its schema`,
  ),
  'schema/without-guards': kind(
    'info',
    'An event type without chain depth or processing stage',
    (p: { eventType: string; members: string }) =>
      `${p.eventType} does not declare ${p.members}, which other event types have`,
  ),
} as const;
