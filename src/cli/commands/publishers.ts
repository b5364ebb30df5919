import { systemOf } from '../../checks/run.ts';
import { Collector } from '../../diagnostic/diagnostic.ts';
import { catalogueJson, catalogueText } from '../../report/catalogue.ts';
import { publishersJson, publishersText } from '../../report/publishers.ts';
import { defineCommand, type ExitCode } from '../command.ts';
import { loadSystem } from '../load-system.ts';
import { toolVersion } from '../version.ts';

/** `busproof publishers`: who publishes what, and how that is known. */
export const publishers = defineCommand({
  name: 'publishers',
  summary: 'List who publishes which events, and on what evidence',
  description: [
    'Works out what every function, state machine, pipe and gateway of the templates publishes: from the services',
    'themselves, from the code the templates point to (TypeScript, JavaScript, Python), from declarations, and from what',
    'the roles allow. A component whose role allows nothing is proven silent.',
    '',
    'Exit code: 0 listed, 2 could not run.',
    '',
  ].join('\n'),
  positionals: '[FOLDER | TEMPLATE …]',
  options: {
    config: { type: 'string', value: 'FILE', help: 'the config file (default: the one in the folder)' },
    catalogue: {
      type: 'boolean',
      help: 'list what services tell by themselves, with what the config adds',
    },
    format: { type: 'string', choices: ['text', 'json'], help: 'how to list (default: text)' },
  },
  examples: [
    ['busproof publishers', 'the folder you are in'],
    ['busproof publishers --format json', 'for other tools'],
    ['busproof publishers --catalogue', 'what AWS services publish about your template resources'],
  ],
  async run(args, positionals, world): Promise<ExitCode> {
    const { system, config } = await loadSystem(world, positionals, args.config);
    if (args.catalogue) {
      await world.out(
        args.format === 'json'
          ? catalogueJson(config.catalogue, toolVersion())
          : catalogueText(config.catalogue),
      );
      return 0;
    }
    const collector = new Collector();
    const { topology, publishers: assessed } = systemOf(system, config, collector);
    const findings = collector.diagnostics.filter(({ code }) => code.startsWith('publisher/'));
    await world.out(
      args.format === 'json'
        ? publishersJson({ topology, publishers: assessed, findings }, toolVersion())
        : publishersText({ topology, publishers: assessed, findings }),
    );
    return system.templates === 0 ? 2 : 0;
  },
});
