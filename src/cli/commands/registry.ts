import { nearest } from '../../json/nearest.ts';
import { ServiceFailure, schemaTypes } from '../../registry/service.ts';
import { defineCommand, type ExitCode, UsageError } from '../command.ts';
import { runApply } from '../registry/apply.ts';
import { runDrift } from '../registry/drift.ts';
import { runPlan } from '../registry/plan.ts';
import { runPull } from '../registry/pull.ts';
import { runServe } from '../registry/serve.ts';

const actions = ['plan', 'apply', 'pull', 'drift', 'serve'] as const;

/** `busproof registry`: the EventBridge schema registry and the repository, kept in step. */
export const registry = defineCommand({
  name: 'registry',
  summary: 'Keep the EventBridge schema registry and the repository in step',
  description: [
    'plan   shows what would be created, updated, tagged, left or orphaned; --out writes it down. Changes nothing.',
    'apply  carries out a plan: the one that was written down, exactly, or a new one. May be stopped and run again.',
    'pull   writes the schemas of a registry, discovered ones too, into the folder of schemas.',
    'drift  compares the repository, the registry and what discovery has seen.',
    'serve  a registry in memory on this machine, to try the other commands: --endpoint http://127.0.0.1:8770.',
    '',
    'The registry is named by --registry or in the config (registry: { name: … }). Credentials and Region are found as the',
    'AWS SDK finds them.',
    '',
    'Exit code: 0 done, or nothing to do; 1 something would be refused, failed, moved on or (drift, plan --check) differs;',
    '2 could not run.',
    '',
  ].join('\n'),
  positionals: 'plan|apply|pull|drift|serve [FOLDER | PLAN]',
  options: {
    registry: {
      type: 'string',
      value: 'NAME',
      help: 'the registry (pull: discovered-schemas for what was discovered)',
    },
    type: {
      type: 'string',
      choices: schemaTypes,
      help: 'the language schemas go up in (default: JSONSchemaDraft4)',
    },
    out: {
      type: 'string',
      value: 'PATH',
      help: 'plan: the file for the plan; pull: the folder for the schemas',
    },
    check: { type: 'boolean', help: 'plan: fail if there is something to do' },
    yes: { type: 'boolean', help: 'apply: confirm deletions' },
    'delete-orphans': { type: 'boolean', help: 'plan to delete what the repository does not have' },
    'prune-versions': {
      type: 'boolean',
      help: 'delete the oldest versions where there is no room for a new one',
    },
    'allow-lossy': { type: 'boolean', help: 'let schemas go up that lose a part of their meaning' },
    overwrite: { type: 'boolean', help: 'pull: replace files that differ' },
    discovered: {
      type: 'string',
      value: 'NAME',
      help: 'drift: the registry of discovery (default: discovered-schemas)',
    },
    endpoint: { type: 'string', value: 'URL', help: 'where the registry is, if not at AWS' },
    region: { type: 'string', value: 'REGION', help: 'the Region of the registry' },
    config: { type: 'string', value: 'FILE', help: 'the config file (default: the one in the folder)' },
    format: { type: 'string', choices: ['text', 'json'], help: 'how to report (default: text)' },
    port: { type: 'string', value: 'PORT', help: 'serve: the port (default: 8770; 0: a free one)' },
    seed: { type: 'string', value: 'FOLDER', help: 'serve: schemas to begin with, <registry>/<schema>.json' },
  },
  examples: [
    ['busproof registry plan --registry shop', 'what would change'],
    ['busproof registry plan --out plan.json', 'write it down, for review'],
    ['busproof registry apply plan.json', 'do just that, or stop'],
    ['busproof registry pull --registry discovered-schemas', 'begin with what traffic has'],
    ['busproof registry drift', 'in a nightly job'],
  ],
  async run(args, positionals, world): Promise<ExitCode> {
    const [action, path, ...rest] = positionals;
    if (rest.length > 0) throw new UsageError(`registry ${action} takes one folder or file`);
    try {
      switch (action) {
        case 'plan':
          return await runPlan(world, path, args);
        case 'apply':
          return await runApply(world, path, args);
        case 'pull':
          return await runPull(world, path, args);
        case 'drift':
          return await runDrift(world, path, args);
        case 'serve':
          return await runServe(world, args);
        default: {
          const near = action === undefined ? undefined : nearest(action, actions);
          const asked = action === undefined ? '' : `there is no action "${action}"; `;
          throw new UsageError(
            `${asked}${near ? `did you mean "${near}"?` : 'say plan, apply, pull, drift or serve'}`,
          );
        }
      }
    } catch (error) {
      if (error instanceof ServiceFailure)
        throw new UsageError(`the registry did not do it: ${error.message}`);
      throw error;
    }
  },
});
