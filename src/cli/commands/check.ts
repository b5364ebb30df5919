import type { CheckReport } from '../../checks/report.ts';
import { checkSystem } from '../../checks/run.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { atLeast, type Severity } from '../../diagnostic/severity.ts';
import type { World } from '../../io/world.ts';
import { reportJson } from '../../report/json.ts';
import { printFinding, reportText } from '../../report/text.ts';
import { defineCommand, type ExitCode } from '../command.ts';
import { loadSystem } from '../load-system.ts';
import { toolVersion } from '../version.ts';

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
    'Exit code: 0 nothing at or above --min-severity, 1 findings, 2 nothing could be checked.',
    '',
  ].join('\n'),
  positionals: '[FOLDER | TEMPLATE …]',
  options: {
    config: { type: 'string', value: 'FILE', help: 'the config file (default: the one in the folder)' },
    format: { type: 'string', choices: ['text', 'json'], help: 'how to report (default: text)' },
    'min-severity': {
      type: 'string',
      choices: ['error', 'warning', 'info'],
      help: 'the least severity that makes the check fail (default: error)',
    },
    verbose: { type: 'boolean', help: 'show notes (severity info) in full' },
  },
  examples: [
    ['busproof check', 'check the folder you are in'],
    ['busproof check template.yaml --min-severity warning', 'one template, strictly'],
    ['busproof check --format json > report.json', 'for other tools'],
  ],
  async run(args, positionals, world): Promise<ExitCode> {
    const { system, config, folder } = await loadSystem(world, positionals, args.config);
    if (system.parts.routes.length === 0)
      return nothingChecked(world, system.diagnostics, folder, system.templates);
    const report = checkSystem(system, config, new Date().toISOString().slice(0, 10));
    await world.out(print(report, args.format, args.verbose, world));
    const threshold = (args['min-severity'] ?? 'error') as Severity;
    return report.findings.some(({ severity }) => atLeast(severity, threshold)) ? 1 : 0;
  },
});

function print(report: CheckReport, format: string | undefined, verbose: boolean, world: World): string {
  if (format === 'json') return reportJson(report, toolVersion());
  return reportText(report, { color: world.color, columns: world.columns, verbose });
}

/** No rule was found: never a clean result. What was wrong with the files is told, then what was looked for. */
async function nothingChecked(
  world: World,
  diagnostics: readonly Diagnostic[],
  folder: string,
  templates: number,
): Promise<ExitCode> {
  const options = { color: world.color, columns: world.columns, verbose: true };
  for (const diagnostic of diagnostics) await world.err(`${printFinding(diagnostic, options)}\n\n`);
  const why =
    templates === 0
      ? `no CloudFormation, SAM or CDK template was found below ${folder}`
      : `${templates === 1 ? 'the template has' : `none of the ${templates} templates has`} no EventBridge rule, pipe or subscriber`;
  await world.err(`busproof: nothing could be checked: ${why}\n`);
  return 2;
}
