import { defaultBounds, traceEvent } from '../../graph/trace.ts';
import { traceText } from '../../report/trace.ts';
import { analyzeSystem } from '../analyze-system.ts';
import { defineCommand, type ExitCode, UsageError } from '../command.ts';
import { eventTypeNamed } from '../event-type-named.ts';

/** `busproof trace`: what one event sets off. */
export const trace = defineCommand({
  name: 'trace',
  summary: 'Show what one event sets off: rules, targets, further events, and why',
  description: [
    'Follows an event type (source@DetailType, or the detail-type alone where it is the only one) through every rule of',
    'its bus, and tells for each whether it takes the event and why, what receives it, and what is published then.',
    '"perhaps" is what nobody knows. Rules for other sources and detail-types are only counted.',
    '',
    `A trace holds at most ${defaultBounds.events} events; what was told before, or goes round, is not told again.`,
    '',
    'Exit code: 0 shown, 2 could not run.',
    '',
  ].join('\n'),
  positionals: 'EVENT [FOLDER | TEMPLATE …]',
  options: {
    config: { type: 'string', value: 'FILE', help: 'the config file (default: the one in the folder)' },
    depth: { type: 'string', value: 'N', help: `how many hops to follow (default: ${defaultBounds.depth})` },
    all: { type: 'boolean', help: 'tell of every rule that does not take it, and why' },
  },
  examples: [
    ['busproof trace ReviewSubmitted', 'in the folder you are in'],
    ['busproof trace shop.orders@OrderPlaced app/ --all', 'with every rule that refuses it'],
  ],
  async run(args, positionals, world): Promise<ExitCode> {
    const [event, ...paths] = positionals;
    if (event === undefined) throw new UsageError('name an event: busproof trace source@DetailType');
    const depth = args.depth === undefined ? defaultBounds.depth : Number(args.depth);
    if (!Number.isInteger(depth) || depth < 1 || depth > 100)
      throw new UsageError(`--depth is a number from 1 to 100; "${args.depth}" is not`);
    const analysis = await analyzeSystem(world, paths, args.config);
    const type = eventTypeNamed(event, analysis.flow);
    const events = traceEvent(type, analysis, { ...defaultBounds, depth });
    await world.out(traceText(events, { color: world.color, all: args.all }));
    return 0;
  },
});
