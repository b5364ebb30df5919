/**
 * The part of SARIF 2.1.0 that the reporter writes, as strict as the standard: names, types and required members after
 * sections 3.13 to 3.54, nothing else allowed; and what GitHub asks beyond it (a location, a relative or file URI).
 */
const text = { type: 'string', minLength: 1 } as const;
const level = { enum: ['error', 'warning', 'note', 'none'] } as const;
const count = { type: 'integer', minimum: 1 } as const;

function object(properties: Readonly<Record<string, object>>, required: readonly string[]) {
  return { type: 'object', properties, required, additionalProperties: false } as const;
}

function list(items: object, limits: object = {}) {
  return { type: 'array', items, ...limits } as const;
}

const message = object({ text, markdown: text }, ['text']);
const physicalLocation = object(
  {
    artifactLocation: object({ uri: { type: 'string', format: 'uri-reference', minLength: 1 } }, ['uri']),
    region: object({ startLine: count, startColumn: count, endLine: count, endColumn: count }, ['startLine']),
  },
  ['artifactLocation'],
);
const location = object({ id: count, physicalLocation, message }, ['physicalLocation']);
const rule = object(
  {
    id: text,
    shortDescription: message,
    fullDescription: message,
    help: message,
    defaultConfiguration: object({ level }, ['level']),
    properties: object({ tags: list(text, { maxItems: 10, uniqueItems: true }) }, ['tags']),
  },
  ['id', 'shortDescription', 'help', 'defaultConfiguration'],
);
const codeFlow = object(
  {
    message,
    threadFlows: list(
      object({ locations: list(object({ location }, ['location']), { minItems: 1 }) }, ['locations']),
      {
        minItems: 1,
      },
    ),
  },
  ['threadFlows'],
);
const result = object(
  {
    ruleId: text,
    ruleIndex: { type: 'integer', minimum: 0 },
    level,
    message,
    locations: list(location, { minItems: 1, maxItems: 10 }),
    relatedLocations: list(location, { uniqueItems: true, maxItems: 1000 }),
    codeFlows: list(codeFlow),
    partialFingerprints: { type: 'object', additionalProperties: { type: 'string' }, minProperties: 1 },
  },
  ['ruleId', 'ruleIndex', 'level', 'message', 'locations', 'partialFingerprints'],
);
const driver = object({ name: text, semanticVersion: text, rules: list(rule, { uniqueItems: true }) }, [
  'name',
  'rules',
]);
const invocation = object(
  {
    executionSuccessful: { type: 'boolean' },
    toolExecutionNotifications: list(object({ message }, ['message'])),
  },
  ['executionSuccessful'],
);

export const sarifSubset = object(
  {
    $schema: { type: 'string', format: 'uri' },
    version: { const: '2.1.0' },
    runs: list(
      object(
        {
          tool: object({ driver }, ['driver']),
          invocations: list(invocation),
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          results: list(result, { maxItems: 25_000 }),
        },
        ['tool', 'results'],
      ),
      { minItems: 1, maxItems: 20 },
    ),
  },
  ['version', 'runs'],
);
