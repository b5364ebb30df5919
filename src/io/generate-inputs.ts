import { join, resolve } from 'node:path';
import { usualMembers } from '../codegen/chain-members.ts';
import { defaultOptions, type GenerateOptions } from '../codegen/options.ts';
import { readDeclarations } from '../codegen/publications.ts';
import { sha256 } from '../codegen/text.ts';
import type { Config } from '../config/config.ts';
import { Collector, type Outcome, outcome } from '../diagnostic/diagnostic.ts';
import type { Document } from '../json/document.ts';
import { type Node, nodeAt, valueOf } from '../json/node.ts';
import { canonicalJson } from '../json/value.ts';
import { loadContracts } from '../load/contracts/contracts.ts';
import { loadTemplates } from '../load/index.ts';
import type { Contract } from '../model/contract.ts';
import { findConfig } from './config-file.ts';
import { gatherFiles } from './gather.ts';
import type { World } from './world.ts';

/** Everything generating depends on. */
export interface GenerateInputs {
  /** The folder that schemas and output are looked for in. */
  readonly folder: string;
  readonly out: string;
  readonly options: GenerateOptions;
  /**
   * Reads the schemas as contracts; not before it is needed. Findings inside the schemas take as long as compiling
   * them, and are wanted only when that fails.
   */
  readonly contracts: (options: { readonly examine: boolean }) => Outcome<readonly Contract[]>;
  /** Changes when any of it changes. */
  readonly fingerprint: string;
  /** Files and folders whose change is a change of the inputs. */
  readonly watched: readonly string[];
}

interface Declared {
  readonly name: string;
  readonly node: Node;
  readonly place: string;
}

/** Reads config, schemas and declarations. Paths count from the config's folder, wherever the command is run. */
export async function generateInputs(
  world: Pick<World, 'cwd'>,
  start: string,
  configFile: string | undefined,
  out: string | undefined,
  version: string,
): Promise<GenerateInputs> {
  const found = await findConfig(world, start, configFile);
  const { config, folder } = found;
  const files = gatherFiles({ cwd: folder }, folder, config, []);
  const collector = new Collector();
  collector.add(...found.diagnostics, ...files.diagnostics);
  const declared = [...declaredInConfig(config), ...declaredInTemplates(files.templates, config)];
  const settings = { ...optionsOf(config, version), components: [] };
  const components = collector.take(readDeclarations(declared));
  const schemas = files.schemas.map(({ path, node }) => [path, node.span.document.text]);
  const declarations = declared.map(({ name, node }) => [name, valueOf(node)] as const);
  const fingerprint = sha256(canonicalJson([settings, schemas, declarations] as never));
  return {
    folder,
    out: out === undefined ? resolve(folder, config.generate.out ?? 'generated') : resolve(world.cwd, out),
    options: { ...settings, components },
    contracts({ examine }) {
      const { value, diagnostics } = loadContracts(files.schemas, { examine });
      return outcome(value, [...collector.diagnostics, ...diagnostics]);
    },
    fingerprint,
    watched: [
      ...(config.schemas ?? ['schemas']).map((path) => resolve(folder, path)),
      ...files.templates.map(({ path }) => join(folder, path)),
      ...(found.path === undefined ? [] : [found.path]),
    ],
  };
}

function optionsOf(config: Config, version: string): GenerateOptions {
  const { generate } = config;
  return {
    ...defaultOptions,
    version,
    runtime: generate.runtime ?? defaultOptions.runtime,
    extension: generate.extension ?? defaultOptions.extension,
    names: generate.names,
    members: {
      depth: config.depthField ?? usualMembers.depth,
      stage: config.stageField ?? usualMembers.stage,
      correlation: generate.correlationField ?? usualMembers.correlation,
      causation: generate.causationField ?? usualMembers.causation,
    },
  };
}

function declaredInConfig({ components }: Config): Declared[] {
  return components.map(({ name, node }) => ({ name, node, place: `the config of ${name}` }));
}

/** What template Metadata declares. Whether the templates are sound is for `check` to say. */
function declaredInTemplates(templates: readonly Document[], { parameters }: Config): Declared[] {
  if (!templates.some(({ text }) => text.includes('Busproof'))) return [];
  const { components } = loadTemplates(templates, { parameters }).value;
  return components.flatMap(({ name, metadata }) => {
    const node = nodeAt(metadata, 'Busproof');
    return node ? [{ name, node, place: `the Metadata of ${name}` }] : [];
  });
}
