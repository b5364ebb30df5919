import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { World } from '../../io/world.ts';
import { printFinding } from '../../report/text.ts';
import type { Dialect } from '../../schema/dialect.ts';
import { includes } from '../../schema/includes.ts';
import { satisfiable } from '../../schema/satisfiable.ts';
import { defineCommand, type ExitCode, UsageError } from '../command.ts';
import { answerLines } from '../prove/answer-lines.ts';
import { type Read, type ReadOptions, readPattern, readSchema } from '../prove/inputs.ts';
import { printProof, printSatisfiable } from '../prove/print-verdict.ts';

const options = {
  schema: {
    type: 'string',
    value: 'FILE',
    help: "a JSON Schema of whole events, or of an event type's detail",
  },
  pattern: { type: 'string', value: 'FILE', help: 'an event pattern: can an event of the schema match it?' },
  sub: { type: 'string', value: 'FILE', help: 'a JSON Schema' },
  super: { type: 'string', value: 'FILE', help: 'a JSON Schema: does it include all values of the other?' },
  with: {
    type: 'string',
    value: 'FILE',
    multiple: true,
    help: 'a further schema that references may lead to',
  },
  dialect: {
    type: 'string',
    choices: ['draft-04', 'draft-06', 'draft-07', '2019-09', '2020-12', 'openapi-3.0'],
    help: 'of schemas that do not say it (default: 2020-12)',
  },
  'assert-formats': { type: 'boolean', help: 'take "format" as a condition, not as an annotation' },
  jsonl: { type: 'boolean', help: 'answer lines of standard input' },
} as const;

/** `busproof prove`: the questions of the set algebra, one by one. */
export const prove = defineCommand({
  name: 'prove',
  summary: 'Prove whether an event can match a rule, or one schema includes another',
  description: [
    'Files are JSON or YAML; FILE#/a/b means the part of a file at that JSON pointer: a schema of an OpenAPI document, the',
    'pattern of a rule in a template.',
    '',
    'The answer is yes, no or unknown. A "yes" to --schema and --pattern comes with an event, a "no" to --sub and',
    '--super with a value that is valid under the first schema only; both were checked by a validator and a matcher.',
    '"unknown" names what was not decided, and is never a "no".',
    '',
    'With --jsonl, lines {"id", "schema", "pattern"} or {"id", "sub", "super"} are read from standard input (all as JSON,',
    'with "options": {"formatAssertion": true} if formats are conditions) and answered in order by lines',
    '{"id", "answer", "witness"?, "reason"?, "onlyWithDottedKeys"?}; a line that cannot be answered yields {"id", "error"}.',
    '',
    'Exit code: 0 yes (--jsonl: all lines were read), 1 no or unknown, 2 could not run.',
    '',
  ].join('\n'),
  positionals: '',
  options,
  examples: [
    ['busproof prove --schema review.json --pattern rule.json', 'can this event ever match this rule?'],
    ['busproof prove --sub v2.json --super v1.json', 'is every new event valid for old consumers?'],
    [
      'busproof prove --schema api.yaml#/components/schemas/AWSEvent --pattern t.yaml#/Resources/Rule/Properties/EventPattern',
      'parts of files',
    ],
    ['busproof prove --jsonl < questions.jsonl', 'many, a line each'],
  ],
  async run(args, _positionals, world): Promise<ExitCode> {
    const { schema, pattern, sub, super: sup, jsonl } = args;
    if (jsonl) {
      if (schema ?? pattern ?? sub ?? sup)
        throw new UsageError('--jsonl reads the questions from standard input; leave the files out');
      await answerLines(world);
      return 0;
    }
    const reading: ReadOptions = {
      formatAssertion: args['assert-formats'],
      dialect: args.dialect as Dialect | undefined,
      others: args.with,
    };
    if (schema !== undefined && pattern !== undefined && sub === undefined && sup === undefined)
      return proveMatch(schema, pattern, reading, world);
    if (sub !== undefined && sup !== undefined && schema === undefined && pattern === undefined)
      return proveInclusion(sub, sup, reading, world);
    throw new UsageError('give --schema and --pattern, or --sub and --super (see: busproof prove --help)');
  },
});

async function proveMatch(
  schemaPath: string,
  patternPath: string,
  reading: ReadOptions,
  world: World,
): Promise<ExitCode> {
  const schema = await taken(readSchema(world, schemaPath, { ...reading, ofEvents: true }), world);
  const pattern = await taken(readPattern(world, patternPath), world);
  if (!schema || !pattern) return 2;
  const verdict = satisfiable(schema, pattern);
  await world.out(printSatisfiable(verdict, schemaPath, patternPath, world));
  return verdict.answer === 'yes' ? 0 : 1;
}

async function proveInclusion(
  subPath: string,
  supPath: string,
  reading: ReadOptions,
  world: World,
): Promise<ExitCode> {
  const sub = await taken(readSchema(world, subPath, reading), world);
  const sup = await taken(readSchema(world, supPath, reading), world);
  if (!sub || !sup) return 2;
  const proof = includes(sub, sup);
  await world.out(printProof(proof, subPath, supPath, world));
  return proof.answer === 'yes' ? 0 : 1;
}

/** The value, after its findings were told. */
async function taken<T>({ value, diagnostics }: Read<T>, world: World): Promise<T | undefined> {
  for (const diagnostic of diagnostics) await complain(world, diagnostic);
  return value;
}

async function complain(world: World, diagnostic: Diagnostic): Promise<void> {
  const { color, columns } = world;
  await world.err(`${printFinding(diagnostic, { color, columns, verbose: true })}\n\n`);
}
