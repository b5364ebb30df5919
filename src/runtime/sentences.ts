import { show } from './show.ts';

/** What an error of a validator says of the schema: the limit, the listed values, the missing member. */
export type Params = Readonly<Record<string, unknown>>;

/** A plural where there is more than one. */
function many(count: unknown, one: string): string {
  return `${count} ${one}${count === 1 ? '' : 's'}`;
}

const limit = ({ comparison, limit: bound }: Params): string => `must be ${comparison} ${bound}`;
const member = ({ missingProperty }: Params): string => `must have the member ${show(missingProperty)}`;
const closed = (name: string) => (params: Params) => `must not have the member ${show(params[name])}`;
const noMore = ({ limit: most }: Params): string => `must have at most ${many(most, 'item')}`;

/**
 * What a value has to be, by keyword. Validators carry the facts only; the words are here once, so that generated code
 * stays small.
 */
const sentences: Readonly<Record<string, (params: Params) => string>> = {
  type: ({ type }) => `must be ${Array.isArray(type) ? type.join(' or ') : type}`,
  enum: ({ allowedValues }) => `must be one of ${(allowedValues as unknown[]).map(show).join(', ')}`,
  const: ({ allowedValue }) => `must be ${show(allowedValue)}`,
  pattern: ({ pattern }) => `must match the pattern ${pattern}`,
  format: ({ format }) => `must have the format ${format}`,
  maximum: limit,
  minimum: limit,
  exclusiveMaximum: limit,
  exclusiveMinimum: limit,
  multipleOf: ({ multipleOf }) => `must be a multiple of ${multipleOf}`,
  maxLength: ({ limit: most }) => `must have at most ${many(most, 'character')}`,
  minLength: ({ limit: least }) => `must have at least ${many(least, 'character')}`,
  maxItems: noMore,
  minItems: ({ limit: least }) => `must have at least ${many(least, 'item')}`,
  additionalItems: noMore,
  items: noMore,
  unevaluatedItems: noMore,
  uniqueItems: ({ i, j }) => `must not have equal items: those at ${j} and ${i} are`,
  contains: ({ minContains, maxContains }) =>
    `must have at least ${minContains}${maxContains === undefined ? '' : ` and at most ${maxContains}`} of the items that "contains" asks for`,
  maxProperties: ({ limit: most }) => `must have at most ${many(most, 'member')}`,
  minProperties: ({ limit: least }) => `must have at least ${many(least, 'member')}`,
  required: member,
  dependencies: member,
  dependentRequired: member,
  additionalProperties: closed('additionalProperty'),
  unevaluatedProperties: closed('unevaluatedProperty'),
  propertyNames: ({ propertyName }) => `must not have a member of the name ${show(propertyName)}`,
  anyOf: () => 'must fit at least one of the schemas of "anyOf"',
  oneOf: ({ passingSchemas }) =>
    passingSchemas ? 'must fit only one of the schemas of "oneOf"' : 'must fit one of the schemas of "oneOf"',
  not: () => 'must not fit the schema of "not"',
  if: ({ failingKeyword }) => `must fit the schema of "${failingKeyword}"`,
  'false schema': () => 'must not be there',
};

/** What an error says, as what follows "detail/path". */
export function sentence(keyword: string, params: Params): string {
  return Object.hasOwn(sentences, keyword) ? sentences[keyword]!(params) : `breaks "${keyword}"`;
}

/** Errors of these keywords are about a member's name: to show the object it is or is not in would not help. */
export const ABOUT_NAMES: ReadonlySet<string> = new Set([
  'required',
  'dependencies',
  'dependentRequired',
  'additionalProperties',
  'unevaluatedProperties',
  'propertyNames',
]);
