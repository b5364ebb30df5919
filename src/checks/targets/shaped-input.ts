import { differenceWords } from '../../contract/difference-words.ts';
import type { Expectation } from '../../contract/expectation.ts';
import type { Taken } from '../../contract/inclusion.ts';
import type { Severity } from '../../diagnostic/severity.ts';
import { hasHole } from '../../json/holes.ts';
import { isObject, type JsonObject, type JsonValue, own } from '../../json/value.ts';
import type { Contract } from '../../model/contract.ts';
import type { InputShaping } from '../../model/route.ts';
import type { CompiledSchema } from '../../schema/compiled.ts';
import { compiledOnce } from '../../schema/decide.ts';
import { refusedAt } from '../../schema/differing.ts';
import { includes } from '../../schema/includes.ts';
import { confirmedValid } from '../../schema/witness.ts';
import { and } from '../../sets/junction.ts';
import { shapeInput, valueAt } from '../../testing/bus/shape-input.ts';
import { fieldsOf, type Source, sourcesOf } from './template-sources.ts';

/** What a consumer cannot read. */
export interface Refused {
  readonly event: JsonValue;
  /** What is made of the event, where it is not given as it is. */
  readonly given?: JsonValue;
  readonly where: string;
  readonly keyword: string;
  readonly tokens: readonly string[];
  readonly severity?: Severity;
}

/**
 * An event that is taken, and of which a consumer is given what it says it cannot read. Events are looked for whose
 * fields the consumer refuses where they end up; each is shaped and judged again, and only one that fails then is told.
 * Undefined: none was found, which proves nothing.
 *
 * What the consumer says is about `detail`. Of a shaped input that may be its member `detail` or the input itself: it is
 * refused if neither will do.
 */
export function refusedInput(
  shaping: InputShaping,
  expectation: Expectation,
  contract: Contract,
  taken: Taken,
): Refused | undefined {
  const given = compiledOnce(contract.schema);
  const read = compiledOnce(expectation.contract.detailSchema);
  if (!given || !read || !isExact(shaping)) return undefined;
  const asked = { ...given, formula: and(given.formula, taken(given)) };
  for (const question of questions(shaping, expectation.contract.detailSchema)) {
    const proof = includes(asked, question);
    if (proof.answer !== 'no' || !isObject(proof.counterexample)) continue;
    const refused = judged(shaping, proof.counterexample, read, expectation);
    if (refused) return refused;
  }
  return undefined;
}

/** Whether the tool knows all that goes into the input: no value of the deployment, nothing of the rule or the clock. */
function isExact(shaping: InputShaping): boolean {
  switch (shaping.kind) {
    case 'event':
      return true;
    case 'constant':
      return !hasHole(shaping.text);
    case 'path':
      return fieldsOf(shaping.path) !== undefined;
    case 'transformer': {
      const { template, paths } = shaping;
      if (template === '' || hasHole(template)) return false;
      const used = Array.from(template.matchAll(/<([^<>\s]+)>/g), (match) => match[1]!);
      return used.every((name) => Object.hasOwn(paths, name) && fieldsOf(paths[name]!) !== undefined);
    }
  }
}

/** Sets of events; one that is taken and in one of them not may be refused: none at all, then each field where it ends up. */
function* questions(shaping: InputShaping, read: JsonValue): Generator<CompiledSchema> {
  const nothing = compiledOnce(false);
  if (nothing) yield nothing;
  if (!isObject(read)) return;
  for (const { from, to } of sourcesOf(shaping)) {
    for (const place of to[0] === 'detail' ? [to.slice(1), to] : [to]) {
      const schema = compiledOnce(withField(from, place, read));
      if (schema) yield schema;
    }
  }
}

/** Events whose field is, if it is there, what the consumer reads at a place in its input. */
function withField(from: readonly string[], place: Source['to'], read: JsonObject): JsonObject {
  const { $ref, ...rest } = read;
  const inner = place.map((name) => `/properties/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  const [address, fragment = ''] = String($ref).split('#');
  const leaf: JsonObject = { $ref: `${address}#${fragment}${encodeURI(inner.join(''))}` };
  const nested = from.reduceRight<JsonObject>((below, name) => ({ properties: { [name]: below } }), leaf);
  return { ...rest, ...nested };
}

function judged(
  shaping: InputShaping,
  event: JsonObject,
  read: CompiledSchema,
  { contract }: Expectation,
): Refused | undefined {
  // What becomes of a variable that finds nothing is not said exactly.
  if (pathsOf(shaping).some((path) => valueAt(event, path) === undefined)) return undefined;
  const given = shapeInput(shaping, event, { name: '', arn: '', ingestedAt: '' });
  // A text has no members to be read.
  const input = isObject(given) ? given : {};
  const detail = own(input, 'detail');
  const readings = isObject(detail) ? [detail, input] : [input];
  if (!readings.every((value) => confirmedValid(read, value) === false)) return undefined;
  const [value = input] = readings;
  const name = value === detail ? 'input.detail' : 'input';
  const failure = refusedAt(read, value);
  const where = failure
    ? differenceWords({
        event: { [name]: value },
        at: [name, ...failure.at],
        keyword: failure.keyword,
        schema: failure.place.schema,
        tokens: failure.place.tokens,
        text: `${name} is not what it reads`,
      })
    : `${name} is not what it reads`;
  return {
    event,
    given,
    where,
    keyword: failure?.keyword ?? '',
    tokens: failure?.place.tokens ?? [],
    ...(aboutTheEvent(shaping, readings, failure?.place.schema, contract.detailSchema)
      ? { severity: 'warning' as const }
      : {}),
  };
}

function pathsOf(shaping: InputShaping): readonly string[] {
  if (shaping.kind === 'path') return [shaping.path];
  return shaping.kind === 'transformer' ? Object.values(shaping.paths) : [];
}

/**
 * Whether the consumer may have stated what is read of the event before it is shaped: the input has none of the members it
 * names, and the shaping reads one of them.
 */
function aboutTheEvent(
  shaping: InputShaping,
  readings: readonly JsonObject[],
  refusing: JsonValue | undefined,
  read: JsonValue,
): boolean {
  const named = [refusing, read].flatMap((schema) => namesIn(schema));
  if (readings.some((value) => named.some((name) => Object.hasOwn(value, name)))) return false;
  return pathsOf(shaping).some((path) => named.includes(fieldsOf(path)?.[1] ?? ''));
}

function namesIn(schema: JsonValue | undefined): readonly string[] {
  if (!isObject(schema)) return [];
  const properties = own(schema, 'properties');
  const required = own(schema, 'required');
  return [
    ...(isObject(properties) ? Object.keys(properties) : []),
    ...(Array.isArray(required) ? required.map(String) : []),
  ];
}
