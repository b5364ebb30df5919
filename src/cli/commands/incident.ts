import type { LoopAnalysis } from '../../graph/analyze.ts';
import type { Loop } from '../../graph/loop.ts';
import { planIncident } from '../../incident/plan.ts';
import { runbook } from '../../incident/runbook.ts';
import { incidentJson, incidentText } from '../../report/incident.ts';
import { analyzeEdited } from '../analyze-edited.ts';
import { defineCommand, type ExitCode, UsageError } from '../command.ts';
import { toolVersion } from '../version.ts';

/** `busproof incident plan`: what to disable when events go round, and how to come back from it. */
export const incident = defineCommand({
  name: 'incident',
  summary: 'Plan the way out of a running loop: which rules to disable, and the commands',
  description: [
    'plan   the smallest set of rules to disable that breaks every endless loop, what each of them would have delivered,',
    '       and the steps as commands of the AWS CLI: disable, see that it stopped, dead letters, mend, enable again.',
    '',
    'Nothing is run: the commands are for you to read and to paste. Of several sets of one size the one is taken that',
    'keeps back the fewest other deliveries. Loops that the config declares as meant are broken, too.',
    '',
    'Exit code: 0 planned, or there is no loop; 2 could not run.',
    '',
  ].join('\n'),
  positionals: 'plan [FOLDER | TEMPLATE …]',
  options: {
    config: { type: 'string', value: 'FILE', help: 'the config file (default: the one in the folder)' },
    possible: { type: 'boolean', help: 'break possible loops as well' },
    format: { type: 'string', choices: ['text', 'json'], help: 'how to tell (default: text)' },
  },
  examples: [
    ['busproof incident plan', 'the folder you are in'],
    ['busproof incident plan --possible', 'rather one rule too many'],
    ['busproof incident plan account.json', 'a snapshot that check --deployed --save kept'],
  ],
  async run(args, positionals, world): Promise<ExitCode> {
    const [action, ...paths] = positionals;
    if (action !== 'plan')
      throw new UsageError(
        action === undefined
          ? 'say what: busproof incident plan'
          : `there is no action "${action}"; say plan`,
      );
    const { analysis, oracle } = await analyzeEdited(world, paths, args.config)(new Map());
    const kinds: readonly Loop['verdict']['kind'][] = args.possible ? ['endless', 'possible'] : ['endless'];
    const wanted = ({ groups }: LoopAnalysis): Loop[] =>
      groups.flatMap(({ loops }) => loops.filter(({ verdict }) => kinds.includes(verdict.kind)));
    const possible = analysis.groups
      .flatMap(({ loops }) => loops)
      .filter(({ verdict }) => verdict.kind === 'possible').length;
    const plan = planIncident(analysis, oracle, wanted);
    const steps = runbook(plan, analysis.context.topology);
    await world.out(
      args.format === 'json'
        ? incidentJson(plan, steps, toolVersion())
        : incidentText(plan, steps, { color: world.color, possible: args.possible ? 'broken' : possible }),
    );
    return 0;
  },
});
