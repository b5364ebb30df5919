import { checkSystem, type Step } from '../../checks/run.ts';
import { type Preset, presetNames } from '../../config/presets.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { atLeast, type Severity } from '../../diagnostic/severity.ts';
import { withExpectations } from '../../io/expectations.ts';
import type { World } from '../../io/world.ts';
import { reporterNames, reporters } from '../../report/reporters.ts';
import { printFinding } from '../../report/text.ts';
import { accountOptions, lookAtAccount } from '../account.ts';
import { outputsOf } from '../check/outputs.ts';
import { writeReports } from '../check/write-reports.ts';
import { defineCommand, type ExitCode } from '../command.ts';
import { loadSystem } from '../load-system.ts';
import { progressOf } from '../progress.ts';

const forms = reporterNames.map((name) => `  ${name.padEnd(10)}${reporters[name].about}`);

const steps: Readonly<Record<Step, string>> = {
  publishers: 'working out who publishes what',
  loops: 'following every event',
  checks: 'asking what else the graph knows',
};

/** `busproof check`: the main job. */
export const check = defineCommand({
  name: 'check',
  summary: 'Find endless loops and broken rules in templates and schemas',
  description: [
    'Loads the templates and event schemas of a folder (or the given template files), follows every event through',
    'every rule, and reports what is wrong, each finding with the event that shows it.',
    '',
    'Reads busproof.config.{ts,mts,js,mjs,json,yaml} if there is one. Without it, schemas are looked for in schemas/',
    'and templates by their content.',
    '',
    'Forms of the report:',
    ...forms,
    '',
    '--format NAME=FILE writes one to a file, --format NAME prints it, and --format may be given several times. --output',
    'FILE gives a file to the last format that names none. Unless another form is printed, text is.',
    '',
    'Exit code: 0 nothing at or above --min-severity, 1 findings, 2 nothing could be checked.',
    '',
  ].join('\n'),
  positionals: '[FOLDER | TEMPLATE …]',
  options: {
    config: { type: 'string', value: 'FILE', help: 'the config file (default: the one in the folder)' },
    format: {
      type: 'string',
      value: 'NAME[=FILE]',
      multiple: true,
      help: 'how to report, and where (default: text, printed)',
    },
    output: { type: 'string', value: 'FILE', help: 'where the last format without a file goes' },
    'min-severity': {
      type: 'string',
      choices: ['error', 'warning', 'info'],
      help: 'the least severity that makes the check fail (default: error)',
    },
    preset: {
      type: 'string',
      choices: presetNames,
      help: 'severities for all findings: strict, or adopt (only what is proven)',
    },
    verbose: { type: 'boolean', help: 'show notes (severity info) in full' },
    ...accountOptions,
    save: {
      type: 'string',
      value: 'FILE',
      help: 'with --deployed: write a snapshot, to be checked again offline',
    },
    'print-policy': {
      type: 'boolean',
      help: 'print the IAM policy that --deployed needs, and do nothing else',
    },
  },
  examples: [
    ['busproof check', 'check the folder you are in'],
    ['busproof check template.yaml --min-severity warning', 'one template, strictly'],
    ['busproof check --preset adopt', 'a first day with an old system: only what is proven'],
    ['busproof check --format json > report.json', 'for other tools'],
    ['busproof check --format sarif=busproof.sarif', 'text in the log, SARIF in a file'],
    ['busproof check --format text --format github', 'in GitHub Actions'],
    ['busproof check --deployed --region eu-west-1', 'what is deployed, through the AWS APIs'],
    ['busproof check --deployed --save snapshot.json', 'keep what was seen, without secrets'],
    ['busproof check snapshot.json', 'the same again, offline'],
  ],
  async run(args, positionals, world): Promise<ExitCode> {
    if (args['print-policy']) {
      await world.out((await import('../../io/account/policy.ts')).leastPolicy());
      return 0;
    }
    const progress = progressOf(world);
    const outputs = outputsOf(args.format, args.output);
    const minSeverity = (args['min-severity'] ?? 'error') as Severity;
    const deployed = await lookAtAccount(world, args, args.save);
    const loaded = await loadSystem(world, positionals, args.config, deployed ? { deployed } : {});
    const { system, folder } = loaded;
    const preset = (args.preset as Preset | undefined) ?? loaded.config.preset;
    const config = { ...loaded.config, preset };
    if (system.parts.routes.length === 0)
      return nothingChecked(world, system.diagnostics, deployed ? undefined : folder, system.templates);
    const report = checkSystem(
      withExpectations(world, loaded),
      config,
      new Date().toISOString().slice(0, 10),
      (step, rules) => progress(`${steps[step]} (${rules} routes)`, rules),
    );
    progress('');
    await writeReports(report, outputs, { verbose: args.verbose, minSeverity }, world);
    return report.findings.some(({ severity }) => atLeast(severity, minSeverity)) ? 1 : 0;
  },
});

/** No rule was found: never a clean result. What was wrong with the files is told, then what was looked for. */
async function nothingChecked(
  world: World,
  diagnostics: readonly Diagnostic[],
  folder: string | undefined,
  templates: number,
): Promise<ExitCode> {
  const options = { color: world.color, columns: world.columns, verbose: true };
  for (const diagnostic of diagnostics) await world.err(`${printFinding(diagnostic, options)}\n\n`);
  const why =
    folder === undefined
      ? 'no EventBridge rule, pipe or subscriber was seen in the account'
      : templates === 0
        ? `no CloudFormation, SAM or CDK template was found below ${folder}`
        : `${templates === 1 ? 'the template has' : `none of the ${templates} templates has`} no EventBridge rule, pipe or subscriber`;
  await world.err(`busproof: nothing could be checked: ${why}\n`);
  return 2;
}
