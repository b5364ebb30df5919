import { nodeKey } from '../../graph/hops.ts';
import type { World } from '../../io/world.ts';
import { printEventType } from '../../model/event-type.ts';
import { around } from '../../report/picture/around.ts';
import { printDot } from '../../report/picture/dot.ts';
import { flowPicture, loopsPicture } from '../../report/picture/flow-picture.ts';
import { printPictureJson } from '../../report/picture/json.ts';
import { importDagre, layOut } from '../../report/picture/layout.ts';
import { mermaidLimits, printMermaid } from '../../report/picture/mermaid.ts';
import type { Picture } from '../../report/picture/picture.ts';
import { printSvg } from '../../report/picture/svg.ts';
import { analyzeSystem } from '../analyze-system.ts';
import { defineCommand, type ExitCode, UsageError } from '../command.ts';
import { eventTypeNamed } from '../event-type-named.ts';
import { toolVersion } from '../version.ts';

/** `busproof graph`: the event-flow graph as a picture. */
export const graph = defineCommand({
  name: 'graph',
  summary: 'Draw who publishes what, which rules take it, and where it goes round',
  description: [
    'Draws the event-flow graph: event types and rules by bus, what receives the events, what is published then. Edges',
    'tell the evidence of a publication, and what stops an event; dashed is what nobody knows, dotted never happens.',
    'Loops are coloured by their verdict: red for endless.',
    '',
    'Mermaid is drawn by GitHub, GitLab and many editors; svg is a file to look at, laid out here (it needs the package',
    '@dagrejs/dagre); dot is for Graphviz. A large system is easier to read in parts, with --loops or --around.',
    '',
    'Exit code: 0 drawn, 2 could not run.',
    '',
  ].join('\n'),
  positionals: '[FOLDER | TEMPLATE …]',
  options: {
    config: { type: 'string', value: 'FILE', help: 'the config file (default: the one in the folder)' },
    format: {
      type: 'string',
      choices: ['mermaid', 'svg', 'dot', 'json'],
      help: 'the language of the picture (default: mermaid)',
    },
    loops: { type: 'boolean', help: 'only loops, and what would be loops if nothing stopped them' },
    around: { type: 'string', value: 'EVENT', help: 'only what leads to an event, and what it leads to' },
  },
  examples: [
    ['busproof graph > events.mmd', 'the folder you are in'],
    ['busproof graph --around shop.orders@OrderPlaced', 'one event and its neighbours'],
    ['busproof graph --loops --format svg > loops.svg', 'a file to look at'],
    ['busproof graph --format dot | dot -Tsvg > events.svg', 'with Graphviz'],
  ],
  async run(args, positionals, world): Promise<ExitCode> {
    if (args.loops && args.around !== undefined) throw new UsageError('give --loops or --around, not both');
    const analysis = await analyzeSystem(world, positionals, args.config);
    let picture = args.loops ? loopsPicture(analysis) : flowPicture(analysis);
    if (args.around !== undefined) {
      const id = printEventType(eventTypeNamed(args.around, analysis.flow));
      const nodes = [...analysis.flow.nodes.values()].filter(
        ({ type }) => type && printEventType(type) === id,
      );
      if (nodes.length === 0) throw new UsageError(`nothing here publishes or describes "${args.around}"`);
      picture = around(picture, new Set(nodes.map((node) => `event|${nodeKey(node)}`)));
    }
    await world.out(await printed(picture, args.format, world));
    return 0;
  },
});

async function printed(picture: Picture, format: string | undefined, world: World): Promise<string> {
  if (format === 'dot') return printDot(picture);
  if (format === 'svg') {
    const dagre = await importDagre();
    if (!dagre) throw new UsageError('--format svg needs a package: npm install --save-dev @dagrejs/dagre');
    return printSvg(layOut(picture, dagre));
  }
  if (format === 'json') return printPictureJson(picture, toolVersion());
  const text = printMermaid(picture);
  if (picture.edges.length > mermaidLimits.edges || text.length > mermaidLimits.characters) {
    await world.err(
      `busproof: Mermaid draws at most ${mermaidLimits.edges} edges and ${mermaidLimits.characters} characters, and this is ${picture.edges.length} and ${text.length}: use --loops, --around or --format svg\n`,
    );
  }
  return text;
}
