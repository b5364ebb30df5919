import type { Loop } from '../../graph/loop.ts';
import { unchangedSince, writeEdited } from '../../io/edited-files.ts';
import { printHoles } from '../../json/holes.ts';
import { planMends } from '../../mend/plan-mends.ts';
import { fixText, loopFingerprint } from '../../report/fix.ts';
import { analyzeEdited } from '../analyze-edited.ts';
import { defineCommand, type ExitCode, UsageError } from '../command.ts';

/** `busproof fix`: mends endless loops in the templates. */
export const fix = defineCommand({
  name: 'fix',
  summary: 'Mend endless loops in the templates: show the edit, and write it',
  description: [
    'For every endless loop, tries edits of its rules (list the sources, leave the own source out, filter the stage or',
    'the depth) and of its components (a depth guard) by running the analysis again, and offers those that stop it and',
    'open no other. The first that loses no other event is chosen; what an edit would lose is told.',
    '',
    '--write makes the edit in the YAML or JSON template. Comments, anchors, tags and formatting stay as they are. Before',
    'that, the edited text is read again: the loop must be gone, and nothing else may differ.',
    '',
    'Exit code: 0 no endless loop is left in the files; 1 there are; 2 could not run.',
    '',
  ].join('\n'),
  positionals: '[FOLDER | TEMPLATE …]',
  options: {
    config: { type: 'string', value: 'FILE', help: 'the config file (default: the one in the folder)' },
    write: { type: 'boolean', help: 'write the chosen edits into the templates' },
    rule: { type: 'string', value: 'NAME', help: 'only loops through this rule' },
    fingerprint: {
      type: 'string',
      value: 'ID',
      help: 'only the loop that check reports with this fingerprint',
    },
    choice: { type: 'string', value: 'N', help: 'choose the edit with this number; for one loop only' },
  },
  examples: [
    ['busproof fix', 'what would be edited, in the folder you are in'],
    ['busproof fix --write', 'edit the templates'],
    ['busproof fix --rule AuditRule --choice 2', 'another edit of the loop through that rule'],
  ],
  async run(args, positionals, world): Promise<ExitCode> {
    const choice = args.choice === undefined ? undefined : Number(args.choice);
    if (choice !== undefined && (!Number.isInteger(choice) || choice < 1))
      throw new UsageError(`--choice is the number of an edit; "${args.choice}" is not`);
    const wanted = (loop: Loop): boolean =>
      (args.rule === undefined || loop.hops.some(({ route }) => printHoles(route.name) === args.rule)) &&
      (args.fingerprint === undefined || loopFingerprint(loop) === args.fingerprint);
    const analyse = analyzeEdited(world, positionals, args.config);
    const { endless } = await analyse(new Map());
    const chosen = endless.filter(wanted);
    if (chosen.length === 0 && (args.rule ?? args.fingerprint) !== undefined)
      throw new UsageError('there is no such endless loop (busproof check lists them)');
    if (choice !== undefined && chosen.length !== 1)
      throw new UsageError(
        `--choice is for one loop, and there are ${chosen.length}: name it with --fingerprint`,
      );
    const plan = await planMends(analyse, { wanted, ...(choice === undefined ? {} : { choice }) });
    if (choice !== undefined && !plan.steps[0]?.chosen)
      throw new UsageError(
        `there is no edit ${choice} for this loop: there are ${plan.steps[0]?.choices.length ?? 0}`,
      );
    const written = args.write && plan.files.size > 0;
    if (written) {
      const moved = unchangedSince(world, plan.files);
      if (moved) throw new UsageError(moved);
      writeEdited(world, plan.files);
    }
    await world.out(fixText(plan, { color: world.color, written }));
    const left = written ? (await analyse(new Map())).endless.length : endless.length;
    if (written && left !== plan.left) throw new Error('the written files do not read as they were tried');
    return left === 0 ? 0 : 1;
  },
});
