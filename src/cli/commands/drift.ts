import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { checkDrift } from '../../checks/drift.ts';
import type { SystemParts } from '../../checks/run.ts';
import { atLeast, type Severity } from '../../diagnostic/severity.ts';
import { exists, isFolder } from '../../io/find-files.ts';
import { loadAccounts } from '../../io/load-accounts.ts';
import { readDocument, type World } from '../../io/world.ts';
import { readSnapshot } from '../../load/account/read-snapshot.ts';
import { looksLikeSnapshot, type Snapshot } from '../../load/account/snapshot.ts';
import { driftJson, driftText } from '../../report/drift.ts';
import { printFinding } from '../../report/text.ts';
import { accountOptions, lookAtAccount } from '../account.ts';
import { defineCommand, type ExitCode, UsageError } from '../command.ts';
import { loadSystem } from '../load-system.ts';
import { toolVersion } from '../version.ts';

/** `busproof drift`: whether what is deployed is what the templates declare. */
export const drift = defineCommand({
  name: 'drift',
  summary: 'Compare the rules of an account with those of the templates',
  description: [
    'Holds the rules that are deployed against those that are declared: missing and extra ones, disabled ones, other',
    'targets, other input, and patterns by what they take, not by how they are written: a pattern that takes the same',
    'events is no drift, for one that does not an event is shown. Then says which loops the drift opens or closes.',
    '',
    'What is deployed comes from the account (--deployed) or from a snapshot that check --deployed --save wrote.',
    '',
    'Exit code: 0 nothing at or above --min-severity, 1 drift, 2 could not run.',
    '',
  ].join('\n'),
  positionals: '[FOLDER | TEMPLATE …] [SNAPSHOT]',
  options: {
    ...accountOptions,
    config: { type: 'string', value: 'FILE', help: 'the config file (default: the one in the folder)' },
    format: { type: 'string', choices: ['text', 'json'], help: 'how to report (default: text)' },
    'min-severity': {
      type: 'string',
      choices: ['error', 'warning', 'info'],
      help: 'the least severity that makes it fail (default: warning)',
    },
    verbose: { type: 'boolean', help: 'show notes (severity info) too: rules of others on shared buses' },
  },
  examples: [
    ['busproof drift --deployed --region eu-west-1', 'the templates of the folder and the account'],
    ['busproof drift template.yaml snapshot.json', 'offline'],
    ['busproof drift snapshot.json --format json', 'for other tools'],
  ],
  async run(args, positionals, world): Promise<ExitCode> {
    const snapshots = positionals.filter((path) => isSnapshot(world, path));
    const named = positionals.filter((path) => !snapshots.includes(path));
    if (args.deployed ? snapshots.length > 0 : snapshots.length !== 1)
      throw new UsageError(
        'give what is deployed once: --deployed, or one snapshot (see: busproof drift --help)',
      );
    const snapshot = (await lookAtAccount(world, args)) ?? (await readOne(world, snapshots[0]!));
    if (!snapshot) return 2;
    const declared = await loadSystem(world, named, args.config, { place: placeOf(snapshot) });
    const { system, config } = declared;
    if (!system.parts.routes.some(({ kind }) => kind === 'rule'))
      throw new UsageError(`no template with an EventBridge rule was found below ${declared.folder}`);
    const { parts, diagnostics } = loadAccounts([snapshot], {
      folder: declared.root,
      ...(config.region === undefined ? {} : { region: config.region }),
    });
    const deployed: SystemParts = {
      parts,
      contracts: [],
      diagnostics,
      templates: 0,
      schemas: 0,
      resources: parts.resources,
      ...(system.sources ? { sources: system.sources } : {}),
    };
    const report = checkDrift(system, deployed, config);
    const { account, takenAt } = snapshot;
    const deployment = { account, takenAt, regions: snapshot.regions.map(({ region }) => region) };
    const { color, columns } = world;
    await world.out(
      args.format === 'json'
        ? driftJson(report, deployment, toolVersion())
        : driftText(report, deployment, { color, columns, verbose: args.verbose }),
    );
    const least = (args['min-severity'] ?? 'warning') as Severity;
    return report.findings.some(({ severity }) => atLeast(severity, least)) ? 1 : 0;
  },
});

function isSnapshot(world: World, path: string): boolean {
  const absolute = resolve(world.cwd, path);
  if (!exists(absolute)) throw new UsageError(`there is no file or folder "${path}"`);
  return !isFolder(absolute) && looksLikeSnapshot(readFileSync(absolute, 'utf8').slice(0, 1000));
}

/** A snapshot that cannot be read is told, and nothing is compared. */
async function readOne(world: World, path: string): Promise<Snapshot | undefined> {
  const { value, diagnostics } = readSnapshot(readDocument(world, path));
  if (value) return value;
  const { color, columns } = world;
  for (const each of diagnostics)
    await world.err(`${printFinding(each, { color, columns, verbose: true })}\n\n`);
  await world.err(`busproof: nothing could be compared: ${path} cannot be read\n`);
  return undefined;
}

/** Where the templates go, unless the config says: to where they are compared with. */
function placeOf({ account, regions }: Snapshot): { account: string; region?: string } {
  const [first] = regions;
  return { account, ...(first ? { region: first.region } : {}) };
}
