import { withSeverity } from '../../checks/accept.ts';
import { type BreakingReport, checkBreaking } from '../../checks/breaking.ts';
import { modes } from '../../contract/change.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { readExpectations } from '../../io/expectations.ts';
import { breakingJson, breakingText } from '../../report/breaking.ts';
import { readVersions } from '../breaking/versions.ts';
import { defineCommand, type ExitCode, UsageError } from '../command.ts';
import { loadSystem } from '../load-system.ts';
import { toolVersion } from '../version.ts';

/** Findings about the input that concern a comparison; what is wrong with a template is for `check` to say. */
const aboutInput = /^(?:config|schema|input)\//;

/** `busproof breaking`: whether the schemas of today break anybody who relies on those of before. */
export const breaking = defineCommand({
  name: 'breaking',
  summary: 'Find changes of event schemas that break a consumer, a replay or a rule',
  description: [
    'Compares every event type with an older version of its schema and proves whether one includes the other. A break',
    'comes with a counterexample: a whole event that is valid under one version and not under the other. If there are',
    'templates, their rules and loops are judged under both versions too. Where consumers say what they read',
    '(expectations), only that can break.',
    '',
    'Modes: backward (the default): consumers written for the old version are given new events. forward: what is written',
    'for the new version is given old events, as a replay does. full: both.',
    '',
    'Exit code: 0 compatible, 1 broken or not decided, 2 could not run.',
    '',
  ].join('\n'),
  positionals: '[FOLDER | TEMPLATE …]',
  options: {
    against: {
      type: 'string',
      value: 'REF|FOLDER|FILE|registry:NAME',
      help: 'the older version: a git ref (git:REF where a file has that name), a folder, a schema file, a registry',
    },
    mode: { type: 'string', choices: modes, help: 'who must not break (default: backward)' },
    transitive: {
      type: 'string',
      value: 'N',
      help: 'compare with the last N versions of the schemas, up to that git ref or in that registry',
    },
    config: { type: 'string', value: 'FILE', help: 'the config file (default: the one in the folder)' },
    endpoint: { type: 'string', value: 'URL', help: 'where the registry is, if not at AWS' },
    region: { type: 'string', value: 'REGION', help: 'the Region of the registry' },
    format: { type: 'string', choices: ['text', 'json'], help: 'how to report (default: text)' },
    'allow-unknown': { type: 'boolean', help: 'do not fail over what could not be decided' },
  },
  examples: [
    ['busproof breaking --against origin/main', 'in a pull request'],
    ['busproof breaking --against v1.4.0 --mode full', 'since a release, both ways'],
    ['busproof breaking --against main --transitive 5', 'with the last five versions'],
    ['busproof breaking --against ../deployed/schemas', 'with a folder of schemas'],
    ['busproof breaking --against registry:shop-events', 'with the EventBridge schema registry'],
  ],
  async run(args, positionals, world): Promise<ExitCode> {
    const { against } = args;
    if (against === undefined)
      throw new UsageError(
        'give --against: a git ref, a folder, a file or registry:NAME (see: busproof breaking --help)',
      );
    const transitive = countOf(args.transitive);
    const loaded = await loadSystem(world, positionals, args.config);
    const { now, versions, diagnostics } = await readVersions(world, loaded, against, transitive, {
      endpoint: args.endpoint,
      region: args.region,
    });
    const stated = readExpectations(world, loaded, now.documents);
    const { system, config } = loaded;
    const report = checkBreaking(system, now, versions, config, {
      mode: modes.find((mode) => mode === args.mode) ?? 'backward',
      allowUnknown: args['allow-unknown'],
      today: new Date().toISOString().slice(0, 10),
      expectations: stated.expectations,
    });
    if (report.comparisons.every(({ changes }) => changes.length === 0))
      throw new UsageError(`there is no event schema here or in ${against}: nothing could be compared`);
    // A file that cannot be read leaves its event types undecided, today's as those of before.
    const unread = [...system.diagnostics, ...diagnostics]
      .filter(({ code, severity }) => severity === 'error' && aboutInput.test(code))
      .map((each): Diagnostic => (args['allow-unknown'] ? { ...each, severity: 'warning' } : each));
    const whole: BreakingReport = {
      ...report,
      findings: [
        ...unread,
        ...stated.diagnostics.flatMap((each) => withSeverity(each, config)),
        ...report.findings,
      ],
    };
    const { color, columns } = world;
    await world.out(
      args.format === 'json'
        ? breakingJson(whole, toolVersion())
        : breakingText(whole, { color, columns, verbose: true }),
    );
    return whole.findings.some(({ severity }) => severity === 'error') ? 1 : 0;
  },
});

function countOf(text: string | undefined): number {
  if (text === undefined) return 1;
  const count = Number(text);
  if (!/^\d{1,3}$/.test(text) || count < 1)
    throw new UsageError(`--transitive is a number from 1 to 999; "${text}" is not`);
  return count;
}
