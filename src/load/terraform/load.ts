import { posix } from 'node:path';
import { type Collector, finding } from '../../diagnostic/diagnostic.ts';
import { type Document, documentOf, spanOf } from '../../json/document.ts';
import type { Node } from '../../json/node.ts';
import { nodeAt, textOf } from '../../json/node.ts';
import { parseData } from '../../json/parse-data.ts';
import { Budget, OutOfBudget } from '../../sets/budget.ts';
import type { Environment } from '../cloudformation/arn.ts';
import type { Template } from '../cloudformation/template.ts';
import type { ModuleConfig } from './config.ts';
import { configOfFiles } from './config-of-files.ts';
import { configOfPlan } from './config-of-plan.ts';
import { parseHcl } from './hcl/parse-body.ts';
import type { Body } from './hcl/syntax.ts';
import type { PlanFile } from './plan-file.ts';
import { type Plan, planOf } from './planned.ts';
import type { Secrets } from './secrets.ts';
import { terraformTemplates } from './template.ts';
import { RootModule } from './world.ts';

export interface TerraformInput {
  /** Plans and states, read. */
  readonly plans: readonly PlanFile[];
  /** `.tf` files. */
  readonly files: readonly Document[];
  readonly readLocal: ((path: string) => Document | undefined) | undefined;
  /** Names of the files of a folder. */
  readonly namesIn: ((folder: string) => readonly string[]) | undefined;
  readonly environment: Environment;
}

/**
 * Loads Terraform: each plan or state with the `.tf` files beside it, which have the places and what the plan does not
 * know yet; and each folder of files that no plan and no other module stands for, as far as files alone tell.
 */
export function loadTerraform(input: TerraformInput, collector: Collector): Template[] {
  const folders = new Folders(input, collector);
  const worlds: { world: RootModule; document: Document }[] = [];
  const planned = new Set<string>();
  for (const { document, root, secrets } of input.plans) {
    if (!root) continue;
    const folder = posix.dirname(document.path);
    const plan = planOf(document, root);
    planned.add(folder);
    noteFormat(plan, collector);
    const files = plan.configuration ? folders.configOf(folder, secrets) : undefined;
    const world = worldOf(input, folders, {
      id: document.path,
      folder,
      root: rootOf(files, configOfPlan(plan.configuration)),
      variables: plan.variables,
      secrets,
    });
    world.addPlanned(plan.resources);
    worlds.push({ world, document });
  }
  for (const folder of folders.rootFolders(planned)) {
    const root = folders.configOf(folder);
    const [document] = folders.documentsIn(folder);
    if (!root || !document) continue;
    const world = worldOf(input, folders, {
      id: folder,
      folder,
      root,
      variables: new Map(),
      secrets: undefined,
    });
    world.addWritten();
    if (world.all.length === 0) continue;
    collector.add(finding('template/without-plan', { folder }, { span: spanOf(document, 0, 1) }));
    worlds.push({ world, document });
  }
  return terraformTemplates(worlds, collector);
}

/** The files, with the settings of providers as the plan was made with them. */
function rootOf(
  files: ModuleConfig | undefined,
  planned: ModuleConfig | undefined,
): ModuleConfig | undefined {
  if (!files || !planned) return files ?? planned;
  return { ...files, providers: new Map([...files.providers, ...planned.providers]) };
}

function noteFormat({ root, document, partial }: Plan, collector: Collector): void {
  const version = nodeAt(root, 'format_version');
  if (version && !/^[01]\./.test(textOf(version) ?? ''))
    collector.add(
      finding('template/unknown-format', { version: textOf(version) ?? '?' }, { span: version.span }),
    );
  if (partial) collector.add(finding('template/partial-plan', {}, { span: spanOf(document, 0, 1) }));
}

interface RootGiven {
  readonly id: string;
  readonly folder: string;
  readonly root: ModuleConfig | undefined;
  readonly variables: ReadonlyMap<string, Node>;
  readonly secrets: Secrets | undefined;
}

function worldOf(input: TerraformInput, folders: Folders, given: RootGiven): RootModule {
  const { id, folder, root, variables, secrets } = given;
  return new RootModule({
    id,
    folder,
    root,
    variables,
    environment: input.environment,
    configOf: (source, from, address) => folders.moduleOf(source, from, address, folder, secrets),
    read: (path) => input.readLocal?.(path)?.text,
    spend: (steps) => folders.spend(steps),
  });
}

/** The folders that modules are, read once. */
class Folders {
  private readonly input: TerraformInput;
  private readonly collector: Collector;
  private readonly given = new Map<string, Document[]>();
  private readonly bodies = new Map<string, readonly Body[]>();
  private readonly configs = new Map<string, ModuleConfig | undefined>();
  private readonly manifests = new Map<string, ReadonlyMap<string, string>>();
  private readonly notLoaded = new Set<string>();
  private readonly budget = new Budget(5_000_000);
  private exhausted = false;

  constructor(input: TerraformInput, collector: Collector) {
    this.input = input;
    this.collector = collector;
    for (const document of input.files) {
      const folder = posix.dirname(document.path);
      this.given.set(folder, [...(this.given.get(folder) ?? []), document]);
    }
  }

  documentsIn(folder: string): readonly Document[] {
    const given = this.given.get(folder);
    if (given) return given;
    const names = this.input.namesIn?.(folder).filter((name) => name.endsWith('.tf')) ?? [];
    const read = names.flatMap((name) => this.input.readLocal?.(posix.join(folder, name)) ?? []);
    this.given.set(folder, read);
    return read;
  }

  /** The module in a folder; undefined when there are no files. */
  configOf(folder: string, secrets?: Secrets): ModuleConfig | undefined {
    if (this.configs.has(folder)) return this.configs.get(folder);
    const bodies = this.bodiesIn(folder, secrets);
    const config = bodies.length === 0 ? undefined : configOfFiles(folder, bodies);
    this.configs.set(folder, config);
    return config;
  }

  /** Given folders that are modules of their own: no plan lies in them, and no other one calls them. */
  rootFolders(planned: ReadonlySet<string>): string[] {
    const all = [...this.given.keys()].filter((folder) => !planned.has(folder));
    const called = new Set<string>();
    for (const folder of [...this.given.keys()])
      for (const { source } of this.configOf(folder)?.calls.values() ?? []) {
        const target = source === undefined ? undefined : localFolder(source, folder);
        if (target !== undefined && target !== folder) called.add(target);
      }
    return all.filter((folder) => !called.has(folder));
  }

  /** The module a call means: a folder beside, or one that `terraform init` has fetched. */
  moduleOf(
    source: string | undefined,
    from: ModuleConfig,
    address: string,
    root: string,
    secrets: Secrets | undefined,
  ): ModuleConfig | undefined {
    if (source === undefined || from.folder === undefined) return undefined;
    const folder = localFolder(source, from.folder) ?? this.fetched(address, root);
    const config = folder === undefined ? undefined : this.configOf(folder, secrets);
    if (!config && !this.notLoaded.has(`${root} ${address}`)) {
      this.notLoaded.add(`${root} ${address}`);
      const [document] = this.documentsIn(from.folder);
      // With a plan nothing is missing: it lists what the module declares.
      if (document && secrets === undefined) {
        const call = [...from.calls.values()].find((each) => each.source === source);
        const params = { module: address, source };
        this.collector.add(
          finding('template/module-not-loaded', params, { span: call?.span ?? spanOf(document, 0, 1) }),
        );
      }
    }
    return config;
  }

  spend(steps: number): boolean {
    if (this.exhausted) return false;
    try {
      this.budget.spend('the expressions of the Terraform files', steps);
      return true;
    } catch (error) {
      if (!(error instanceof OutOfBudget)) throw error;
      this.exhausted = true;
      const params = { what: error.what, limit: `${this.budget.steps} steps` };
      this.collector.add(finding('input/too-large', params));
      return false;
    }
  }

  private bodiesIn(folder: string, secrets: Secrets | undefined): readonly Body[] {
    const known = this.bodies.get(folder);
    if (known) return known;
    const bodies = this.documentsIn(folder).map((document) =>
      this.collector.take(parseHcl(secrets?.hiddenText(document) ?? document)),
    );
    this.bodies.set(folder, bodies);
    return bodies;
  }

  /** `.terraform/modules/modules.json` says where a module was put. */
  private fetched(address: string, root: string): string | undefined {
    let manifest = this.manifests.get(root);
    if (!manifest) {
      const found = new Map<string, string>();
      const document = this.input.readLocal?.(posix.join(root, '.terraform/modules/modules.json'));
      const list = document && nodeAt(parseData(documentOf('modules.json', document.text)).value, 'Modules');
      for (const item of list?.kind === 'array' ? list.items : []) {
        const [key, folder] = [textOf(nodeAt(item, 'Key')), textOf(nodeAt(item, 'Dir'))];
        if (key && folder !== undefined) found.set(key, posix.normalize(posix.join(root, folder)));
      }
      manifest = found;
      this.manifests.set(root, manifest);
    }
    const key = address
      .replace(/\[[^\]]*\]/g, '')
      .split('.')
      .filter((part) => part !== 'module')
      .join('.');
    return manifest.get(key);
  }
}

function localFolder(source: string, from: string): string | undefined {
  return /^\.\.?(?:\/|$)/.test(source)
    ? posix.normalize(posix.join(from, source)).replace(/(.)\/$/, '$1')
    : undefined;
}
