import { type Collector, type Outcome, outcome } from '../diagnostic/diagnostic.ts';
import { type Code, findings, isCode } from '../diagnostic/findings.ts';
import type { Severity } from '../diagnostic/severity.ts';
import type { Span } from '../json/document.ts';
import { nearest } from '../json/nearest.ts';
import { membersOf, type Node, valueOf } from '../json/node.ts';
import { setOwn } from '../json/value.ts';
import type { CatalogueEntry } from '../model/catalogue.ts';
import { parseEventType } from '../model/event-type.ts';
import { catalogueEntry } from './catalogue.ts';
import { type ExpectationSetting, expectationSetting } from './expectation.ts';
import { type Preset, presetNames } from './presets.ts';
import { SettingsReader } from './reader.ts';
import { defaultRegistrySettings, type RegistrySettings, registrySettings } from './registry.ts';
import { defaultTraffic, type Traffic, trafficOf } from './traffic.ts';

/** What the user set; everything has a default, so that no config file is needed. */
export interface Config {
  /** Files and folders with event schemas, relative to the config file. */
  readonly schemas: readonly string[] | undefined;
  /** Files and folders with templates, relative to the config file. */
  readonly templates: readonly string[] | undefined;
  /** Values for template parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly account: string | undefined;
  readonly region: string | undefined;
  /** The member of `detail` that counts hops, and the one that tells raw from processed. */
  readonly depthField: string | undefined;
  readonly stageField: string | undefined;
  /** Whether keys with dots that no schema declares count as ways to match a rule. */
  readonly dottedKeys: boolean;
  /** Declarations by component name; the node is read once the components are known. */
  readonly components: readonly { readonly name: string; readonly node: Node }[];
  /** What services tell about template resources, beyond what the tool knows. */
  readonly catalogue: readonly CatalogueEntry[];
  readonly accept: readonly Acceptance[];
  readonly breaking: readonly AcceptedBreak[];
  /** What consumers say they read. */
  readonly expectations: readonly ExpectationSetting[];
  readonly loops: readonly IntendedLoop[];
  readonly budgets: Budgets;
  /** Severities for all findings at once; `severity` wins for single codes. */
  readonly preset: Preset | undefined;
  /** How fast events come in, and the quotas they meet. */
  readonly traffic: Traffic;
  readonly severity: Readonly<Partial<Record<Code, Severity | 'off'>>>;
  readonly generate: GenerateSettings;
  readonly registry: RegistrySettings;
}

/** How `busproof generate` writes code; what is undefined has a default. */
export interface GenerateSettings {
  /** The folder, relative to the config file. */
  readonly out: string | undefined;
  /** What generated code imports the runtime as. */
  readonly runtime: string | undefined;
  /** How generated files name each other. */
  readonly extension: 'js' | 'ts' | undefined;
  /** Names in generated code, by event type. */
  readonly names: Readonly<Record<string, string>>;
  readonly correlationField: string | undefined;
  readonly causationField: string | undefined;
}

/** What one event may lead to, by event type; `*` is for every event type that is not named. */
export interface Budgets {
  /** Events published in consequence, itself included. */
  readonly events: Readonly<Record<string, number>>;
  /** US dollars, from what the declarations say a delivery costs. */
  readonly cost: Readonly<Record<string, number>>;
  readonly span?: Span;
}

/** A finding somebody looked at and accepted. */
export interface Acceptance {
  readonly fingerprint: string;
  readonly reason: string;
  /** The last day it holds, `YYYY-MM-DD`. */
  readonly until?: string;
  readonly span: Span;
}

/** A breaking change of an event type that somebody looked at and accepted. */
export interface AcceptedBreak {
  /** `source@DetailType`. */
  readonly event: string;
  readonly reason: string;
  /** The last day it holds, `YYYY-MM-DD`. */
  readonly until?: string;
  readonly span: Span;
}

/** A loop that is meant to be: through these rules, at most that many events from one. */
export interface IntendedLoop {
  readonly rules: readonly string[];
  readonly bound: number;
  readonly reason: string;
  readonly span: Span;
}

export const defaultConfig: Config = {
  schemas: undefined,
  templates: undefined,
  parameters: {},
  account: undefined,
  region: undefined,
  depthField: undefined,
  stageField: undefined,
  dottedKeys: false,
  components: [],
  catalogue: [],
  accept: [],
  breaking: [],
  expectations: [],
  loops: [],
  budgets: { events: {}, cost: {} },
  preset: undefined,
  traffic: defaultTraffic,
  severity: {},
  generate: {
    out: undefined,
    runtime: undefined,
    extension: undefined,
    names: {},
    correlationField: undefined,
    causationField: undefined,
  },
  registry: defaultRegistrySettings,
};

/** Reads a config from its tree, whatever language the file was written in. */
export function parseConfig(node: Node): Outcome<Config> {
  const reader = new SettingsReader(node, 'the config');
  const { collector } = reader;
  const fields = reader.raw('fields');
  const fieldReader = fields && new SettingsReader(fields, 'fields', collector);
  const config: Config = {
    schemas: reader.texts('schemas'),
    templates: reader.texts('templates'),
    parameters: parameters(reader),
    account: accountId(reader),
    region: reader.text('region'),
    depthField: fieldReader?.text('depth'),
    stageField: fieldReader?.text('stage'),
    dottedKeys: reader.flag('dottedKeys') ?? false,
    components: reader.entries('components').map(({ name, value }) => ({ name, node: value })),
    catalogue: reader.list('catalogue', (item) => catalogueEntry(item, collector)) ?? [],
    accept: reader.list('accept', (item) => acceptance(item, collector)) ?? [],
    breaking: reader.list('breaking', (item) => acceptedBreak(item, collector)) ?? [],
    expectations: reader.list('expectations', (item) => expectationSetting(item, collector)) ?? [],
    loops: reader.list('loops', (item) => intendedLoop(item, collector)) ?? [],
    budgets: budgets(reader),
    preset: preset(reader),
    traffic: trafficOf(reader),
    severity: severities(reader),
    generate: generateSettings(reader, fieldReader),
    registry: registrySettings(reader),
  };
  fieldReader?.done();
  reader.done();
  return outcome(config, collector.diagnostics);
}

function generateSettings(reader: SettingsReader, fields: SettingsReader | undefined): GenerateSettings {
  const node = reader.raw('generate');
  const own = node && new SettingsReader(node, 'generate', reader.collector);
  const names: Record<string, string> = {};
  for (const { name, value } of own?.entries('names') ?? []) {
    const identifier = value.kind === 'string' && typeof value.value === 'string' ? value.value : '';
    if (/^[a-z][A-Za-z0-9]*$/.test(identifier)) setOwn(names, name, identifier);
    else reader.refuse(value, `generate: names: ${name}`, 'a name in camelCase');
  }
  const settings: GenerateSettings = {
    out: own?.text('out'),
    runtime: own?.text('runtime'),
    extension: own?.read('extension', '"js" or "ts"', (value) => {
      const text = valueOf(value);
      return text === 'js' || text === 'ts' ? text : undefined;
    }),
    names,
    correlationField: fields?.text('correlation'),
    causationField: fields?.text('causation'),
  };
  own?.done();
  return settings;
}

/** YAML reads an account id as a number; its digits are what was meant. */
function accountId(reader: SettingsReader): string | undefined {
  return reader.read('account', 'an account id of twelve digits', (node) => {
    const text = node.kind === 'string' ? node.value : node.kind === 'number' ? node.raw : '';
    return /^[0-9]{12}$/.test(text) ? text : undefined;
  });
}

function parameters(reader: SettingsReader): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { name, value } of reader.entries('parameters')) {
    const plain = value.kind === 'number' ? value.raw : valueOf(value);
    if (typeof plain === 'string' || typeof plain === 'boolean') values[name] = String(plain);
    else reader.refuse(value, `parameters: ${name}`, 'a text');
  }
  return values;
}

function acceptance(node: Node, collector: Collector): Acceptance | undefined {
  const reader = new SettingsReader(node, 'an accepted finding', collector);
  const fingerprint = reader.text('fingerprint');
  const reason = reader.text('reason');
  const until = lastDay(reader);
  reader.done();
  if (fingerprint === undefined || !reason?.trim()) {
    reader.refuse(node, 'accept', 'a fingerprint and a reason for every accepted finding');
    return undefined;
  }
  return { fingerprint, reason, span: node.span, ...(until === undefined ? {} : { until }) };
}

function lastDay(reader: SettingsReader): string | undefined {
  return reader.read('until', 'a day, YYYY-MM-DD', (value) =>
    value.kind === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value.value) ? value.value : undefined,
  );
}

function acceptedBreak(node: Node, collector: Collector): AcceptedBreak | undefined {
  const reader = new SettingsReader(node, 'an accepted breaking change', collector);
  const event = reader.read('event', 'source@DetailType', (value) =>
    value.kind === 'string' && parseEventType(value.value) ? value.value : undefined,
  );
  const reason = reader.text('reason');
  const until = lastDay(reader);
  reader.done();
  if (event === undefined || !reason?.trim()) {
    reader.refuse(node, 'breaking', 'an event type and a reason for every accepted breaking change');
    return undefined;
  }
  return { event, reason, span: node.span, ...(until === undefined ? {} : { until }) };
}

function intendedLoop(node: Node, collector: Collector): IntendedLoop | undefined {
  const reader = new SettingsReader(node, 'an intended loop', collector);
  const rules = reader.texts('rules');
  const bound = reader.whole('bound', 1);
  const reason = reader.text('reason');
  reader.done();
  if (!rules?.length || bound === undefined || !reason?.trim()) {
    reader.refuse(node, 'loops', 'the rules, the bound and the reason of every intended loop');
    return undefined;
  }
  return { rules, bound, reason, span: node.span };
}

function budgets(reader: SettingsReader): Budgets {
  const node = reader.raw('budgets');
  if (!node) return { events: {}, cost: {} };
  const inner = new SettingsReader(node, 'budgets', reader.collector);
  const read = { events: limits(inner, 'events'), cost: limits(inner, 'cost'), span: node.span };
  inner.done();
  return read;
}

/** One number for every event type, or numbers by event type. */
function limits(reader: SettingsReader, key: string): Record<string, number> {
  const node = reader.raw(key);
  if (node?.kind === 'number') return { '*': node.value };
  const found: Record<string, number> = {};
  for (const { name, value } of reader.entries(key)) {
    if (value.kind === 'number' && value.value >= 0) found[name] = value.value;
    else reader.refuse(value, `budgets: ${key}: ${name}`, 'a number, not negative');
  }
  return found;
}

function preset(reader: SettingsReader): Preset | undefined {
  return reader.read('preset', presetNames.map((name) => `"${name}"`).join(' or '), (node) =>
    presetNames.find((name) => name === valueOf(node)),
  );
}

function severities(reader: SettingsReader): Config['severity'] {
  const severity: Partial<Record<Code, Severity | 'off'>> = {};
  for (const { key, keySpan, value } of membersOf(reader.raw('severity'))) {
    // YAML reads a bare off as false.
    const level = valueOf(value);
    if (!isCode(key)) {
      const near = nearest(key, Object.keys(findings));
      const known = near === undefined ? 'a code of a finding' : `a code such as "${near}"`;
      reader.refuse({ kind: 'string', span: keySpan, value: key }, 'severity', known);
    } else if (level === false) severity[key] = 'off';
    else if (level === 'error' || level === 'warning' || level === 'info' || level === 'off')
      severity[key] = level;
    else reader.refuse(value, `severity: ${key}`, 'error, warning, info or off');
  }
  return severity;
}
