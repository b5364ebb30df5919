import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { documentOf } from '../../src/json/document.ts';
import { type LoadedTemplates, loadTemplates } from '../../src/load/index.ts';
import { describeShared, sharedPath } from '../support/shared.ts';

const root = sharedPath('corpus/templates');

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}

interface File {
  readonly path: string;
  readonly text: string;
  readonly loaded: LoadedTemplates;
  readonly diagnostics: readonly Diagnostic[];
}

/** Kinds of events that become a rule: SAM's, and those of the Serverless Framework. */
const samRules = new Set(['EventBridgeRule', 'CloudWatchEvent', 'Schedule']);
const serverlessRules = new Set(['eventBridge', 'cloudwatchEvent', 'schedule']);

/** Counts rules by looking at the bare YAML alone, without anything of the loader. */
function countRules(text: string): number {
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: false, logLevel: 'silent' });
  let rules = 0;
  visit(document.contents, []);
  return rules;

  function visit(node: unknown, path: readonly string[]): void {
    if (isAlias(node)) visit(node.resolve(document), path);
    if (isSeq(node)) for (const [i, item] of node.items.entries()) visit(item, [...path, String(i)]);
    if (!isMap(node)) return;
    if (path.at(-2) === 'Resources') countResource(node);
    if (path[0] === 'functions' && path.length === 2) countEvents(node.get('events', true));
    for (const { key, value } of node.items) visit(value, [...path, isScalar(key) ? String(key.value) : '?']);
  }

  function countResource(resource: { get(key: string, keep: true): unknown }): void {
    const type = plainText(resource.get('Type', true));
    if (type === 'AWS::Events::Rule' || type === 'Custom::EventBridge') rules++;
    if (type !== 'AWS::Serverless::Function' && type !== 'AWS::Serverless::StateMachine') return;
    const properties = resource.get('Properties', true);
    const events = isMap(properties) ? properties.get('Events', true) : undefined;
    for (const { value } of isMap(events) ? events.items : []) {
      if (isMap(value) && samRules.has(plainText(value.get('Type', true)))) rules++;
    }
  }

  function countEvents(events: unknown): void {
    for (const item of isSeq(events) ? events.items : []) {
      const key = isMap(item) ? item.items[0]?.key : undefined;
      if (serverlessRules.has(plainText(key))) rules++;
    }
  }
}

function plainText(node: unknown): string {
  return isScalar(node) ? String(node.value) : '';
}

describeShared('the templates of public projects', () => {
  const all: File[] = files(root).map((file) => {
    const path = relative(root, file);
    const text = readFileSync(file, 'utf8');
    const { value, diagnostics } = loadTemplates([documentOf(path, text)]);
    return { path, text, loaded: value, diagnostics };
  });
  const routes = all.flatMap(({ loaded }) => loaded.routes);
  const rules = routes.filter(({ kind, managedBy }) => kind === 'rule' && managedBy === undefined);

  it('load, each as one template', () => {
    expect(all.length).toBeGreaterThan(300);
    expect(all.filter(({ loaded }) => loaded.templates.length !== 1).map(({ path }) => path)).toEqual([]);
    const unread = new Set(['input/syntax', 'input/too-large', 'input/unreadable']);
    expect(all.flatMap(({ diagnostics }) => diagnostics.filter(({ code }) => unread.has(code)))).toEqual([]);
  });

  it('have every rule in the topology that stands in the file', () => {
    const counted = all.map(({ path, text, loaded }) => ({
      path,
      written: countRules(text),
      found: loaded.templates.reduce((sum, { rulesFound }) => sum + rulesFound, 0),
      loaded: loaded.routes.filter(({ kind, managedBy }) => kind === 'rule' && !managedBy).length,
    }));
    expect(counted.filter(({ written, found, loaded }) => written !== found || found !== loaded)).toEqual([]);
    expect(rules.length).toBe(counted.reduce((sum, { written }) => sum + written, 0));
    expect(rules.length).toBeGreaterThan(340);
  });

  it('have a pattern for every rule that has one', () => {
    const open = rules.filter(({ filter }) => filter.kind === 'unknown').map(({ id }) => id);
    expect(open).toEqual([]);
  });

  it('lead every target somewhere that is in the topology', () => {
    for (const { loaded } of all) {
      const components = new Set(loaded.components.map(({ id }) => id));
      const buses = new Set(loaded.buses.map(({ id }) => id));
      for (const { from, targets } of loaded.routes) {
        for (const end of [from, ...targets.map(({ to }) => to)]) {
          if (end.kind === 'component') expect(components).toContain(end.component);
          if (end.kind === 'bus') expect(buses).toContain(end.bus);
        }
      }
    }
  });

  it('never have an empty text where something unknown stands', () => {
    for (const { loaded } of all) {
      for (const { id } of loaded.buses) expect(id).not.toBe('');
      for (const { id, addresses } of loaded.components) {
        expect(id).not.toBe('');
        expect(addresses).not.toContain('');
      }
      for (const { targets } of loaded.routes) for (const { arn } of targets) expect(arn).not.toBe('');
    }
  });

  it('link most targets to what stands in the same file', () => {
    const ends = all.flatMap(({ loaded }) => {
      const declared = new Map(loaded.components.map((each) => [each.id, each.declared]));
      return loaded.routes
        .filter(({ kind }) => kind === 'rule')
        .flatMap(({ targets }) =>
          targets.map(
            ({ to }) => to.kind === 'bus' || (to.kind === 'component' && declared.get(to.component)),
          ),
        );
    });
    expect(ends.filter(Boolean).length / ends.length).toBeGreaterThan(0.9);
  });

  it('get errors only where they are wrong', () => {
    const errors = all.flatMap(({ path, diagnostics }) =>
      diagnostics.filter(({ severity }) => severity === 'error').map(({ code }) => `${code} ${path}`),
    );
    const counts: Record<string, number> = {};
    for (const error of errors) counts[error] = (counts[error] ?? 0) + 1;
    expect(counts).toEqual(wrongOnes);
  });

  it('load together as they load alone', () => {
    const documents = all.map(({ path, text }) => documentOf(path, text));
    const { value } = loadTemplates(documents);
    // A file that another one includes or nests is read as a part of that one.
    const names = (list: typeof rules): string[] => list.map(({ id }) => id.replace(/^.*#/, '')).sort();
    const together = value.routes.filter(({ kind, managedBy }) => kind === 'rule' && !managedBy);
    expect(names(together)).toEqual(names(rules));
  });
});

const sam = 'aws+serverless-application-model';
const translated = `${sam}/tests/translator/output`;

/** Errors of the corpus, each read by hand and found true: test files of other tools that are wrong on purpose. */
const wrongOnes: Readonly<Record<string, number>> = {
  // Refers to Egg, Foo and Bar, which do not exist, and has a rule without properties.
  'template/undefined-reference aws+aws-sam-cli/tests/functional/commands/validate/lib/models/connector_hardcoded_props.yaml': 3,
  'template/rule-without-trigger aws+aws-sam-cli/tests/functional/commands/validate/lib/models/connector_hardcoded_props.yaml': 1,
  [`template/undefined-reference ${translated}/aws-cn/connector_hardcoded_props.json`]: 4,
  [`template/rule-without-trigger ${translated}/aws-cn/connector_hardcoded_props.json`]: 1,
  // Expected outputs of a translation that keep references to what the input did not declare either.
  [`template/undefined-reference ${translated}/aws-cn/connector_rule_to_sfn.json`]: 1,
  [`template/undefined-reference ${translated}/aws-cn/connector_rule_to_sns.json`]: 1,
  [`template/undefined-reference ${translated}/aws-cn/state_machine_with_event_schedule_state.json`]: 1,
  [`template/undefined-reference ${translated}/aws-cn/state_machine_with_schedule.json`]: 2,
  // One target with both Input and InputPath.
  [`template/several-inputs ${translated}/aws-cn/cloudwatchevent_intrinsics.json`]: 1,
  [`template/several-inputs ${translated}/aws-us-gov/cloudwatchevent_intrinsics.json`]: 1,
  [`template/several-inputs ${translated}/cloudwatchevent_intrinsics.json`]: 1,
  // DependsOn names an environment that was renamed.
  'template/undefined-reference aws-cloudformation+aws-cloudformation-templates/codestar/python-webservice-lambda/codecommit-template.yml': 1,
  // A template of templates: `Name: {{ event_rule_name }}` is an object to YAML.
  'template/shape localstack+localstack/tests/integration/templates/events_loggroup.yaml': 1,
};
