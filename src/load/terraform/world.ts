import { posix } from 'node:path';
import type { Node } from '../../json/node.ts';
import { type Environment, parseArn } from '../cloudformation/arn.ts';
import type { ModuleConfig, ResourceConfig } from './config.ts';
import { resourceKey } from './config.ts';
import { isOpen, textOfValue } from './hcl/nodes.ts';
import { keyText, ResourceInstance } from './instance.ts';
import type { Instance, Key, Module, World } from './model.ts';
import { ModuleInstance } from './module.ts';
import type { Planned } from './planned.ts';
import { attributeOf, keysOf } from './written.ts';

/** What a root module learns from outside of itself. */
export interface Outside {
  /** What tells its resources from those of other templates: the path of the plan, or of the folder. */
  readonly id: string;
  /** The folder of the root module. */
  readonly folder: string;
  readonly root: ModuleConfig | undefined;
  readonly environment: Environment;
  readonly variables: ReadonlyMap<string, Node>;
  /** The module that a call means, if its files can be read. */
  configOf(source: string | undefined, from: ModuleConfig, address: string): ModuleConfig | undefined;
  /** The text of a file, by its path. */
  read(path: string): string | undefined;
  /** Takes some work from the budget; false when none is left. */
  spend(steps: number): boolean;
}

const maxNesting = 30;

/** One root module with everything below it: all instances of its resources. */
export class RootModule implements World {
  readonly root: Module;
  readonly all: Instance[] = [];
  depth = 0;
  private readonly outside: Outside;
  private readonly byKey = new Map<string, Instance[]>();
  private readonly modules = new Map<string, Module>();
  private readonly environments = new Map<string, Environment>();

  constructor(outside: Outside) {
    this.outside = outside;
    this.root = new ModuleInstance(this, '', outside.root);
    this.modules.set('', this.root);
  }

  get id(): string {
    return this.outside.id;
  }

  get folder(): string {
    return this.outside.folder;
  }

  get variables(): ReadonlyMap<string, Node> {
    return this.outside.variables;
  }

  spend(steps: number): boolean {
    return this.outside.spend(steps);
  }

  file(path: string): string | undefined {
    return this.outside.read(posix.normalize(posix.join(this.folder, path)));
  }

  /** Every resource that a plan or a state lists. */
  addPlanned(resources: readonly Planned[]): void {
    for (const planned of resources) {
      const module = this.moduleAt(planned.module);
      const key = resourceKey(planned.mode, planned.type, planned.name);
      this.add(
        new ResourceInstance(module, module.config?.resources.get(key), planned, planned, planned.key),
      );
    }
  }

  /** Every resource that the files write down, as often as `count` and `for_each` say. */
  addWritten(module: Module = this.root, depth = 0, conditional = false): void {
    for (const config of module.config?.resources.values() ?? []) {
      const keys = keysOf(config, module);
      for (const key of keys ?? [undefined])
        this.add(
          new ResourceInstance(module, config, undefined, config, key, conditional || keys === undefined),
        );
    }
    if (depth >= maxNesting) return;
    for (const call of module.config?.calls.values() ?? []) {
      const keys = keysOf(call, module);
      for (const key of keys ?? [undefined]) {
        if (!this.spend(100)) return;
        const child = this.child(module, call.name, key);
        if (child.config) this.addWritten(child, depth + 1, conditional || keys === undefined);
      }
    }
  }

  instances(module: Module, key: string): readonly Instance[] {
    const known = this.byKey.get(`${module.address}|${key}`);
    if (known) return known;
    // A data source that a plan does not list, because nothing of it is known yet or it was left out.
    const config = module.config?.resources.get(key);
    if (config?.mode !== 'data') return [];
    const made = (keysOf(config, module) ?? [undefined]).map(
      (each) => new ResourceInstance(module, config, undefined, config, each, true),
    );
    this.byKey.set(`${module.address}|${key}`, made);
    return made;
  }

  child(parent: Module, name: string, key: Key | undefined): Module {
    const address = `${parent.address === '' ? '' : `${parent.address}.`}module.${name}${keyText(key)}`;
    const known = this.modules.get(address);
    if (known) return known;
    const call = parent.config?.calls.get(name);
    const nested = address.split('.module.').length;
    const found =
      call && parent.config && nested <= maxNesting
        ? (call.config ?? this.outside.configOf(call.source, parent.config, address))
        : undefined;
    const config = found && isWithin(found, parent) ? undefined : found;
    const module = new ModuleInstance(this, address, config, { parent, call, key });
    this.modules.set(address, module);
    return module;
  }

  environmentOf(module: Module, config: ResourceConfig | undefined): Environment {
    const key = config?.provider?.replace(/^.*:/, '') ?? 'aws';
    const { owner, name } = providerOf(module, key);
    const id = `${owner.address}|${name}`;
    const known = this.environments.get(id);
    if (known) return known;
    // The settings of a provider may need resources: those are of an unknown place meanwhile.
    this.environments.set(id, this.outside.environment);
    const body = owner.config?.providers.get(name);
    const own = { address: `provider.${name}`, key: undefined };
    const value = (attribute: string): Node | undefined => body && attributeOf(body, attribute, owner, own);
    const text = (node: Node | undefined): string | undefined => {
      const found = node && !isOpen(node) ? textOfValue(node) : undefined;
      return found === '' ? undefined : found;
    };
    const region = text(value('region')) ?? this.outside.environment.region;
    const allowed = value('allowed_account_ids');
    const only = allowed?.kind === 'array' && allowed.items.length === 1 ? text(allowed.items[0]) : undefined;
    const role = value('assume_role');
    const assumed = role?.kind === 'array' ? attributeText(role.items[0], 'role_arn') : undefined;
    const account =
      only ??
      (assumed === undefined ? undefined : parseArn(assumed)?.account) ??
      this.accountSeen(id) ??
      this.outside.environment.account;
    const environment = { ...this.outside.environment, region, account };
    this.environments.set(id, environment);
    return environment;
  }

  /** The account that a data source or an ARN of a resource of the same provider tells. */
  private accountSeen(provider: string): string | undefined {
    const seen = new Set<string>();
    for (const { planned, module, config } of this.all) {
      if (!planned?.values) continue;
      const { owner, name } = providerOf(module, config?.provider?.replace(/^.*:/, '') ?? 'aws');
      if (`${owner.address}|${name}` !== provider) continue;
      if (planned.type === 'aws_caller_identity' && planned.mode === 'data') {
        const account = attributeText(planned.values, 'account_id');
        if (account !== undefined && /^[0-9]{12}$/.test(account)) return account;
      }
      const account = parseArn(attributeText(planned.values, 'arn') ?? '')?.account;
      if (planned.mode === 'managed' && account !== undefined && /^[0-9]{12}$/.test(account))
        seen.add(account);
    }
    return seen.size === 1 ? [...seen][0] : undefined;
  }

  private add(instance: Instance): void {
    this.all.push(instance);
    const key = `${instance.module.address}|${resourceKey(instance.mode, instance.type, instance.name)}`;
    const known = this.byKey.get(key);
    if (known) known.push(instance);
    else this.byKey.set(key, [instance]);
  }

  /** `module.a["x"].module.b[0]`, step by step from the root. */
  private moduleAt(address: string): Module {
    let module = this.root;
    const step = /(?:^|\.)module\.([^.[\]]+)(?:\[(?:"((?:[^"\\]|\\.)*)"|([0-9]+))\])?/y;
    while (step.lastIndex < address.length) {
      const match = step.exec(address);
      if (!match || module.address.split('.module.').length > maxNesting) break;
      const [, name, text, number] = match;
      const key = number === undefined ? text?.replace(/\\(.)/g, '$1') : Number(number);
      module = this.child(module, name!, key);
    }
    return module;
  }
}

/** Whether a module is one of those that call it: Terraform knows no such thing. */
function isWithin({ folder }: ModuleConfig, parent: Module): boolean {
  for (let above: Module | undefined = parent; above; above = above.parent)
    if (folder !== undefined && above.config?.folder === folder) return true;
  return false;
}

function attributeText(node: Node | undefined, name: string): string | undefined {
  const value = node?.kind === 'object' ? node.members.find(({ key }) => key === name)?.value : undefined;
  return value && !isOpen(value) ? textOfValue(value) : undefined;
}

/** The module that sets a provider up, and its key there: a module has its caller's unless it is given others. */
function providerOf(module: Module, key: string): { readonly owner: Module; readonly name: string } {
  let owner = module;
  let name = key;
  while (owner.parent) {
    const given = owner.call?.providers.get(name);
    if (given === undefined && owner.config?.folder !== undefined && owner.config.providers.has(name)) break;
    if (given !== undefined) name = given;
    owner = owner.parent;
  }
  return { owner, name };
}
