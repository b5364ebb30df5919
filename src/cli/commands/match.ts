import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import type { World } from '../../io/world.ts';
import type { Dialect } from '../../pattern/index.ts';
import { printFinding } from '../../report/text.ts';
import { type ArgsOf, defineCommand, type ExitCode, UsageError } from '../command.ts';
import { answerLines } from '../match/answer-lines.ts';
import { namedEvents, patternFilters, templateFilters } from '../match/inputs.ts';
import { judge, type PairResult } from '../match/pairs.ts';
import { printJsonResults, printResults } from '../match/print-results.ts';

const options = {
  pattern: { type: 'string', value: 'FILE', multiple: true, help: 'an event pattern (JSON)' },
  event: { type: 'string', value: 'FILE', multiple: true, help: 'an event (JSON); - is standard input' },
  template: { type: 'string', value: 'FILE', multiple: true, help: 'take the patterns of its rules' },
  rule: { type: 'string', value: 'NAME', multiple: true, help: 'only this rule of the template' },
  parameter: {
    type: 'string',
    value: 'NAME=VALUE',
    multiple: true,
    help: 'the value of a parameter of the template',
  },
  dialect: {
    type: 'string',
    choices: ['rule', 'pipe', 'subscriber'],
    help: 'where the patterns are used (default: rule)',
  },
  format: { type: 'string', choices: ['text', 'json'], help: 'how to print the results (default: text)' },
  jsonl: { type: 'boolean', help: 'answer lines of standard input' },
} as const;

/** `busproof match`: event patterns against events, as EventBridge matches them. */
export const match = defineCommand({
  name: 'match',
  summary: 'Match events against event patterns and say why they match or not',
  description: [
    'Every pattern is held against every event; numbers, repeated keys and the order of keys count as they are written.',
    '',
    'With --jsonl, lines {"id", "pattern", "event"} are read from standard input (pattern and event as JSON, or as JSON',
    'text in a string) and answered in order by lines {"id", "valid", "match"}; a line that cannot be answered yields',
    '{"id", "error"}.',
    '',
    'Exit code: 0 all matched (--jsonl: all lines were read), 1 some did not match, 2 could not run.',
    '',
  ].join('\n'),
  positionals: '',
  options,
  examples: [
    ['busproof match --pattern p.json --event e.json', 'one pattern, one event'],
    ['busproof match --template t.yaml --rule OrderPlaced --event e.json', 'a rule of a template'],
    ['busproof match --jsonl < cases.jsonl', 'many, a line each'],
  ],
  async run(args, _positionals, world): Promise<ExitCode> {
    const { pattern, template, event, jsonl } = args;
    if (jsonl) {
      if (pattern.length + template.length + event.length > 0)
        throw new UsageError('--jsonl reads patterns and events from standard input; leave the others out');
      await answerLines(world);
      return 0;
    }
    if (pattern.length + template.length === 0)
      throw new UsageError('give a --pattern or a --template (see: busproof match --help)');
    if (event.length === 0) throw new UsageError('give an --event (see: busproof match --help)');
    return matchFiles(args, world);
  },
});

async function matchFiles(args: ArgsOf<typeof options>, world: World): Promise<ExitCode> {
  const patterns = await patternFilters(world, args.pattern, (args.dialect ?? 'rule') as Dialect);
  const parameters = parametersOf(args.parameter);
  const rules = await templateFilters(world, args.template, args.rule, { parameters });
  const events = await namedEvents(world, args.event);
  const noticed = [...patterns.diagnostics, ...events.diagnostics];
  for (const diagnostic of [...noticed, ...rules.diagnostics]) await complain(world, diagnostic);
  const results: PairResult[] = [];
  let undecided = noticed.some(({ severity }) => severity === 'error');
  for (const filter of [...patterns.value, ...rules.value]) {
    for (const event of events.value) {
      const { value, diagnostics } = judge(filter, event);
      for (const diagnostic of diagnostics) await complain(world, diagnostic);
      if (value) results.push(value);
      else undecided = true;
    }
  }
  if (results.length > 0)
    await world.out(args.format === 'json' ? printJsonResults(results) : printResults(results));
  if (undecided) return 2;
  return results.every(({ verdict }) => verdict === 'match') ? 0 : 1;
}

function parametersOf(given: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const equals = text.indexOf('=');
      if (equals < 1) throw new UsageError(`--parameter takes NAME=VALUE, not "${text}"`);
      return [text.slice(0, equals), text.slice(equals + 1)];
    }),
  );
}

async function complain(world: World, diagnostic: Diagnostic): Promise<void> {
  const { color, columns } = world;
  await world.err(`${printFinding(diagnostic, { color, columns, verbose: true })}\n\n`);
}
