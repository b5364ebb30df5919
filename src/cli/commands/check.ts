import { resolve } from 'node:path';
import type { CheckReport } from '../../checks/report.ts';
import { checkSystem } from '../../checks/run.ts';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { atLeast, type Severity } from '../../diagnostic/severity.ts';
import { findConfig } from '../../io/config-file.ts';
import { exists, isFolder } from '../../io/find-files.ts';
import { gatherFiles, readNamed } from '../../io/gather.ts';
import type { World } from '../../io/world.ts';
import { loadContracts } from '../../load/contracts/contracts.ts';
import { loadTemplates } from '../../load/index.ts';
import { loadParsers } from '../../publish/code/parsers.ts';
import { reportJson } from '../../report/json.ts';
import { printFinding, reportText } from '../../report/text.ts';
import { defineCommand, type ExitCode, UsageError } from '../command.ts';
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
    const { folder, named } = target(world, positionals);
    const found = await findConfig(world, folder, args.config);
    const files = gatherFiles(world, found.folder, found.config, named);
    const contracts = loadContracts(files.schemas);
    const { parameters, account, region } = found.config;
    const loaded = loadTemplates(files.templates, {
      parameters,
      readLocal: (path) => readNamed(world, path),
      ...(account === undefined ? {} : { account }),
      ...(region === undefined ? {} : { region }),
    });
    const diagnostics = [
      ...found.diagnostics,
      ...files.diagnostics,
      ...contracts.diagnostics,
      ...loaded.diagnostics,
    ];
    if (loaded.value.routes.length === 0)
      return nothingChecked(world, diagnostics, folder, files.templates.length);
    const report = checkSystem(
      {
        parts: loaded.value,
        contracts: contracts.value,
        diagnostics,
        templates: files.templates.length,
        schemas: contracts.value.length,
        resources: loaded.value.resources,
        sources: { read: (path) => readNamed(world, path), parsers: await loadParsers() },
      },
      found.config,
      new Date().toISOString().slice(0, 10),
    );
    await world.out(print(report, args.format, args.verbose, world));
    const threshold = (args['min-severity'] ?? 'error') as Severity;
    return report.findings.some(({ severity }) => atLeast(severity, threshold)) ? 1 : 0;
  },
});

/** One folder, or template files; the config is looked for in the folder, or in the working folder. */
function target(world: World, positionals: readonly string[]): { folder: string; named: readonly string[] } {
  for (const path of positionals) {
    if (!exists(resolve(world.cwd, path))) throw new UsageError(`there is no file or folder "${path}"`);
  }
  const [first, ...others] = positionals;
  if (first !== undefined && others.length === 0 && isFolder(resolve(world.cwd, first))) {
    return { folder: resolve(world.cwd, first), named: [] };
  }
  return { folder: world.cwd, named: positionals };
}

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
