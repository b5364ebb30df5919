import { resolve } from 'node:path';
import { settingsOf, systemOf } from '../../checks/run.ts';
import { Collector, type Diagnostic } from '../../diagnostic/diagnostic.ts';
import { atLeast } from '../../diagnostic/severity.ts';
import { writeTextFile } from '../../io/repository.ts';
import { readDocument, type World } from '../../io/world.ts';
import { parseData } from '../../json/parse-data.ts';
import { simulationJson } from '../../report/simulation/json.ts';
import { simulationSvg } from '../../report/simulation/svg.ts';
import { simulationText } from '../../report/simulation/text.ts';
import { printFinding } from '../../report/text.ts';
import { completeScenario, parseScenario, type ScenarioSettings } from '../../simulate/read-scenario.ts';
import { simulate as play, type Simulation } from '../../simulate/simulate.ts';
import { templateAlarms } from '../../simulate/template-alarms.ts';
import { defineCommand, type ExitCode, UsageError } from '../command.ts';
import { loadSystem } from '../load-system.ts';
import { scenarioProblems, usualEntries, withArguments } from '../simulate/arguments.ts';
import { toolVersion } from '../version.ts';

/** `busproof simulate`: a system under load, in virtual time. */
export const simulate = defineCommand({
  name: 'simulate',
  summary: 'Play events through the system in virtual time: load, throttling, queues, cost',
  description: [
    'Plays what comes in from outside through rules, queues and functions, with their concurrency, the quotas of the',
    'Region, retries and alarms, and shows what happens over time. The same seed gives the same result.',
    '',
    '--scenario FILE says what comes in and how components behave (docs/simulate.md). Without one, one event of each type',
    'that enters from outside is played for five minutes; --event plays others.',
    '',
    'Exit code: 0 simulated, 1 a --stop-at was reached, 2 could not run.',
    '',
  ].join('\n'),
  positionals: '[FOLDER | TEMPLATE …]',
  options: {
    config: { type: 'string', value: 'FILE', help: 'the config file (default: the one in the folder)' },
    scenario: {
      type: 'string',
      value: 'FILE',
      help: 'what comes in, and how components behave (YAML or JSON)',
    },
    event: {
      type: 'string',
      value: 'TYPE[=N]',
      multiple: true,
      help: 'N events of a type at once, or at a rate: TYPE=5/s (may be given several times)',
    },
    for: { type: 'string', value: 'TIME', help: 'how much virtual time, such as 90s or 10m (default: 5m)' },
    seed: { type: 'string', value: 'N', help: 'the seed of everything random (default: 1)' },
    region: {
      type: 'string',
      value: 'REGION',
      help: "whose quotas hold (default: the config's, or us-east-1)",
    },
    'stop-at': {
      type: 'string',
      value: 'WHAT=N',
      multiple: true,
      help: 'end when events, cost or throttles reach a number: cost=50',
    },
    format: { type: 'string', choices: ['text', 'json', 'svg'], help: 'how to report (default: text)' },
    output: { type: 'string', value: 'FILE', help: 'where the report goes (default: printed)' },
  },
  examples: [
    ['busproof simulate', 'one event of each type that enters'],
    ['busproof simulate --event ReviewSubmitted --for 3m', 'three minutes after one review'],
    [
      'busproof simulate --scenario golden-week.yaml --format svg --output load.svg',
      'a load test, as a picture',
    ],
  ],
  async run(args, positionals, world): Promise<ExitCode> {
    const { settings, findings } = readScenario(args.scenario, world);
    await show(findings, world);
    if (hasError(findings)) return 2;
    const { system, config, folder } = await loadSystem(world, positionals, args.config);
    if (system.parts.routes.length === 0)
      throw new UsageError(`no EventBridge rule, pipe or subscriber was found below ${folder}`);
    const collector = new Collector();
    const { topology } = systemOf(system, config, collector);
    const asked = withArguments(settings, args, topology);
    const alarms = templateAlarms(system.resources ?? [], topology);
    const entries = asked.entries ?? usualEntries(topology);
    if (entries.length === 0)
      throw new UsageError('nothing comes in from outside: name an event with --event');
    const scenario = completeScenario(
      { ...asked, entries, breakers: asked.breakers ?? alarms.breakers },
      config.region,
    );
    await show(scenarioProblems(scenario, topology), world);
    const { depthField: depth, stageField: stage } = settingsOf(config);
    let simulation = play(topology, scenario, { members: { depth, stage } });
    // What comes to rest within a few steps is shown in finer ones; the same seed plays the same again.
    if (settings.step === undefined && simulation.end < scenario.length / 10) {
      const step = Math.max(10, simulation.end / 60);
      simulation = play(topology, { ...scenario, step }, { members: { depth, stage } });
    }
    const told = {
      ...simulation,
      assumptions: [...simulation.assumptions, ...alarms.unread.map(unreadAlarm)],
    };
    await write(printed(told, args.format, world), args.output, world);
    return ['events', 'cost', 'throttles'].includes(simulation.stopped) ? 1 : 0;
  },
});

function unreadAlarm(name: string): string {
  return `${name} never goes off: what it counts is not simulated`;
}

function readScenario(
  path: string | undefined,
  world: World,
): { settings: ScenarioSettings; findings: readonly Diagnostic[] } {
  if (path === undefined) return { settings: {}, findings: [] };
  let document: ReturnType<typeof readDocument>;
  try {
    document = readDocument(world, resolve(world.cwd, path));
  } catch (error) {
    throw new UsageError(`cannot read ${path}: ${(error as Error).message}`, { cause: error });
  }
  const { value: node, diagnostics } = parseData(document);
  if (!node) return { settings: {}, findings: diagnostics };
  const { value: settings, diagnostics: found } = parseScenario(node);
  return { settings, findings: [...diagnostics, ...found] };
}

async function show(findings: readonly Diagnostic[], world: World): Promise<void> {
  const { color, columns } = world;
  for (const finding of findings)
    await world.err(`${printFinding(finding, { color, columns, verbose: true })}\n\n`);
}

function hasError(findings: readonly Diagnostic[]): boolean {
  return findings.some(({ severity }) => atLeast(severity, 'error'));
}

function printed(simulation: Simulation, format: string | undefined, { color, columns }: World): string {
  if (format === 'json') return simulationJson(simulation, toolVersion());
  if (format === 'svg') return simulationSvg(simulation);
  return simulationText(simulation, { color, columns });
}

async function write(text: string, path: string | undefined, world: World): Promise<void> {
  if (path === undefined) {
    await world.out(text);
    return;
  }
  try {
    writeTextFile(world.cwd, path, text);
  } catch (error) {
    throw new UsageError(`cannot write ${path}: ${(error as Error).message}`, { cause: error });
  }
}
