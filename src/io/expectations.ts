import { resolve } from 'node:path';
import type { SystemParts } from '../checks/run.ts';
import { type ExpectationSetting, expectationSetting } from '../config/expectation.ts';
import { type Expectation, expectation } from '../contract/expectation.ts';
import { readPact } from '../contract/pact.ts';
import { Collector, type Diagnostic, finding } from '../diagnostic/diagnostic.ts';
import type { Span } from '../json/document.ts';
import { itemsOf, type Node, nodeAt, nodeOf } from '../json/node.ts';
import { parseData } from '../json/parse-data.ts';
import type { SchemaDocument } from '../load/contracts/contracts.ts';
import type { ComponentId } from '../model/component.ts';
import { parseEventType } from '../model/event-type.ts';
import { exists, isFolder } from './find-files.ts';
import type { LoadedSystem } from './load-system.ts';
import { readDocument, type World } from './world.ts';

export interface ReadExpectations {
  readonly expectations: readonly Expectation[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A system with what its consumers say they read, judged beside its schemas. */
export function withExpectations(world: Pick<World, 'cwd'>, loaded: LoadedSystem): SystemParts {
  const { expectations, diagnostics } = readExpectations(world, loaded, loaded.schemas);
  const { system } = loaded;
  return { ...system, expectations, diagnostics: [...system.diagnostics, ...diagnostics] };
}

/** A setting, and the folder that its paths count from. */
interface Stated {
  readonly setting: ExpectationSetting;
  readonly folder: string;
  /** Whose Metadata it stands in. */
  readonly component?: ComponentId;
}

/**
 * What consumers say they read: in the config (`expectations`, and `expects` of `components`), in the Metadata of
 * template resources, whose paths count from the template, and in the Pact files that these name.
 */
export function readExpectations(
  world: Pick<World, 'cwd'>,
  loaded: LoadedSystem,
  documents: readonly SchemaDocument[],
): ReadExpectations {
  const collector = new Collector();
  const found = statedIn(world, loaded, collector).flatMap((one) =>
    readOne(world, one, documents, collector).map((each) =>
      one.component === undefined ? each : { ...each, component: one.component },
    ),
  );
  return { expectations: found, diagnostics: collector.diagnostics };
}

function statedIn(
  world: Pick<World, 'cwd'>,
  { config, root, system }: LoadedSystem,
  collector: Collector,
): readonly Stated[] {
  const of = (consumer: string, node: Node | undefined, folder: string): Stated[] =>
    itemsOf(nodeAt(node, 'expects')).flatMap((item) => {
      const setting = expectationSetting(item, collector, consumer);
      return setting ? [{ setting, folder }] : [];
    });
  return [
    ...config.expectations.map((setting) => ({ setting, folder: root })),
    ...config.components.flatMap(({ name, node }) => of(name, node, root)),
    ...system.parts.components.flatMap(({ id, name, metadata }) => {
      const node = nodeAt(metadata, 'Busproof');
      if (!node) return [];
      const folder = resolve(world.cwd, node.span.document.path, '..');
      return of(name, node, folder).map((each) => ({ ...each, component: id }));
    }),
  ];
}

function readOne(
  world: Pick<World, 'cwd'>,
  { setting, folder }: Stated,
  documents: readonly SchemaDocument[],
  collector: Collector,
): Expectation[] {
  const { consumer, event, schema, pact, span } = setting;
  if (pact !== undefined) {
    const node = readFile(world, folder, pact, consumer ?? pact, span, collector);
    if (!node) return [];
    return collector.take(readPact(node, { consumer, event })).flatMap((one, i) => {
      const document = { path: `${pact}.${i}.json`, node: nodeOf(one.schema, one.span) };
      return expectation(one.consumer, one.type, document, [], one.span) ?? [];
    });
  }
  const type = event === undefined ? undefined : parseEventType(event);
  if (!type || consumer === undefined || schema === undefined) return [];
  const node =
    typeof schema === 'string' ? readFile(world, folder, schema, consumer, span, collector) : schema;
  if (!node) return [];
  // Beside today's schemas, so that it may refer to them by path.
  const path = typeof schema === 'string' ? schema : `expectation of ${consumer}.json`;
  const read = expectation(consumer, type, { path, node }, documents, span);
  if (!read)
    collector.add(
      finding('contract/expectation-invalid', { consumer, problem: 'it is no object' }, { span: node.span }),
    );
  return read ? [read] : [];
}

function readFile(
  world: Pick<World, 'cwd'>,
  folder: string,
  name: string,
  consumer: string,
  span: Span,
  collector: Collector,
): Node | undefined {
  const path = resolve(folder, name);
  if (exists(path) && !isFolder(path)) return collector.take(parseData(readDocument(world, path)));
  collector.add(
    finding('contract/expectation-invalid', { consumer, problem: `there is no file ${name}` }, { span }),
  );
  return undefined;
}
