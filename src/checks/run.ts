import type { Config } from '../config/config.ts';
import { parseDeclaration } from '../config/declaration.ts';
import type { Expectation } from '../contract/expectation.ts';
import { Collector, type Diagnostic, finding } from '../diagnostic/diagnostic.ts';
import { severities } from '../diagnostic/severity.ts';
import { amplifications } from '../graph/amplification.ts';
import { analyzeLoops } from '../graph/analyze.ts';
import type { Loop } from '../graph/loop.ts';
import { schemaOracle } from '../graph/oracle.ts';
import { defaultSettings, type GraphSettings } from '../graph/settings.ts';
import type { Node } from '../json/node.ts';
import { nodeAt } from '../json/node.ts';
import { busNamed } from '../model/bus.ts';
import type { Component } from '../model/component.ts';
import type { Contract } from '../model/contract.ts';
import type { Emission } from '../model/emission.ts';
import type { TemplateResource } from '../model/template-resource.ts';
import { type Topology, type TopologyParts, topologyOf } from '../model/topology.ts';
import type { Sources } from '../publish/assess.ts';
import { Buses } from '../publish/buses.ts';
import { Inventory } from '../publish/inventory.ts';
import { publications } from '../publish/publications.ts';
import type { Publisher } from '../publish/publisher.ts';
import { siftFindings } from './accept.ts';
import { runChecks } from './checks.ts';
import { KnownTypes } from './common/known-types.ts';
import { Reaches } from './common/reach.ts';
import { patternRules } from './common/rules.ts';
import { intentOf } from './loop-finding.ts';
import { withOrigins } from './origins.ts';
import type { CheckReport, Counts } from './report.ts';
import { surgeOfLoop } from './surge.ts';

/** What was loaded, before declarations are read. */
export interface SystemParts {
  readonly parts: TopologyParts;
  readonly contracts: readonly Contract[];
  readonly diagnostics: readonly Diagnostic[];
  readonly templates: number;
  readonly accounts?: number;
  readonly schemas: number;
  /** Everything the templates declare, and where to read what they name: who publishes what is worked out from it. */
  readonly resources?: readonly TemplateResource[];
  readonly sources?: Sources;
  /** What consumers say they read. */
  readonly expectations?: readonly Expectation[];
}

/** The long steps of a check, in their order. */
export type Step = 'publishers' | 'loops' | 'checks';

/** Declarations in → topology → graph → findings. `today` (YYYY-MM-DD) decides which acceptances still hold; `begins` is told of each long step. */
export function checkSystem(
  system: SystemParts,
  config: Config,
  today: string,
  begins: (step: Step, rules: number) => void = () => {},
): CheckReport {
  const collector = new Collector();
  const rules = system.parts.routes.length;
  begins('publishers', rules);
  collector.add(...system.diagnostics);
  const settings = settingsOf(config);
  const { topology, withheld } = systemOf(system, config, collector);
  const oracle = schemaOracle(settings);
  begins('loops', rules);
  const analysis = analyzeLoops(topology, settings, oracle);
  const amplified = amplifications(analysis);
  const known = new KnownTypes(topology);
  const context = {
    topology,
    analysis,
    amplifications: amplified,
    config,
    settings,
    oracle,
    known,
    withheld,
    expectations: system.expectations ?? [],
  };
  const inventory = new Inventory(system.resources ?? []);
  const reaches = new Reaches(known, oracle);
  begins('checks', rules);
  collector.add(...runChecks({ ...context, inventory, rules: patternRules(topology), reaches }));
  const { findings, accepted } = siftFindings(distinct(collector.diagnostics), config, today);
  const loops = [...analysis.groups.flatMap((group) => group.loops), ...analysis.near].map((loop) => {
    const intended = intentOf(loop, config);
    const surge = surgeOfLoop(loop, amplified, config);
    return { loop, ...(intended ? { intended } : {}), ...(surge ? { surge } : {}) };
  });
  const counts = countsOf(system, topology, findings, loops);
  return {
    findings: withOrigins(inOrder(findings), inventory.all, system.sources?.read),
    accepted,
    topology,
    analysis,
    amplifications: amplified,
    loops,
    counts,
  };
}

export function settingsOf({ depthField, stageField, dottedKeys, account, region }: Config): GraphSettings {
  return {
    ...defaultSettings,
    dottedKeys,
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
    ...(depthField === undefined ? {} : { depthField }),
    ...(stageField === undefined ? {} : { stageField }),
  };
}

/** What is loaded, declared and worked out, as one topology. */
export function systemOf(
  system: SystemParts,
  config: Config,
  collector: Collector,
): {
  readonly topology: Topology;
  readonly publishers: readonly Publisher[];
  readonly withheld: readonly Emission[];
} {
  const parts = withDeclarations(system, config, collector);
  const { resources = [], sources = {} } = system;
  const found = collector.take(
    publications({ parts, resources, sources, fields: settingsOf(config), catalogue: config.catalogue }),
  );
  const topology = topologyOf({
    ...parts,
    components: found.components,
    routes: [...parts.routes, ...found.routes],
    emissions: [...parts.emissions, ...found.emissions],
  });
  return { topology, publishers: found.publishers, withheld: found.withheld };
}

/** Adds what template Metadata and the config say about components. */
function withDeclarations(system: SystemParts, config: Config, collector: Collector): TopologyParts {
  const emissions: Emission[] = [...system.parts.emissions];
  const named = new Map(config.components.map(({ name, node }) => [name, node]));
  const used = new Set<string>();
  const buses = new Buses(system.parts.buses);
  const components = system.parts.components.map((component) => {
    let declared: Component = component;
    const declare = (node: Node | undefined, place: string): void => {
      if (!node) return;
      const declaration = collector.take(parseDeclaration(node, component.id, place));
      declared = { ...declared, ...declaration.component };
      emissions.push(...declaration.emissions.map((each) => withBus(each, component, buses)));
    };
    declare(nodeAt(component.metadata, 'Busproof'), `the Metadata of ${component.name}`);
    for (const key of [component.name, component.id]) {
      if (!named.has(key) || used.has(`${key}#${component.id}`)) continue;
      used.add(key).add(`${key}#${component.id}`);
      declare(named.get(key), `the config of ${component.name}`);
    }
    return declared;
  });
  for (const { name, node } of config.components) {
    if (!used.has(name)) collector.add(finding('config/unknown-component', { name }, { span: node.span }));
  }
  return { ...system.parts, components, emissions, contracts: system.contracts };
}

/** A name alone is of a bus of the component's own account and Region. */
function withBus(emission: Emission, { addresses }: Component, buses: Buses): Emission {
  if (emission.bus === undefined) return emission;
  return { ...emission, bus: buses.near(addresses).named(busNamed(emission.bus)) };
}

function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  for (const diagnostic of diagnostics) {
    const { code, identity, span, message } = diagnostic;
    seen.set(`${code}|${identity}|${span?.document.path}|${span?.start}|${message}`, diagnostic);
  }
  return [...seen.values()];
}

/** The most severe first, then by place. */
export function inOrder(findings: readonly Diagnostic[]): Diagnostic[] {
  const place = ({ span }: Diagnostic): string => span?.document.path ?? '';
  return [...findings].sort(
    (a, b) =>
      severities.indexOf(b.severity) - severities.indexOf(a.severity) ||
      place(a).localeCompare(place(b)) ||
      (a.span?.start ?? 0) - (b.span?.start ?? 0),
  );
}

function countsOf(
  { templates, accounts = 0, schemas }: SystemParts,
  topology: Topology,
  findings: readonly Diagnostic[],
  loops: readonly { readonly loop: Loop }[],
): Counts {
  const bySeverity = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) bySeverity[severity]++;
  const byVerdict = { endless: 0, possible: 0, bounded: 0, refuted: 0 };
  for (const { loop } of loops) byVerdict[loop.verdict.kind]++;
  return {
    templates,
    accounts,
    schemas,
    rules: topology.routes.filter(({ kind }) => kind === 'rule' || kind === 'subscriber').length,
    eventTypes: topology.contracts.length,
    components: topology.components.filter(({ declared }) => declared).length,
    findings: bySeverity,
    loops: byVerdict,
  };
}
