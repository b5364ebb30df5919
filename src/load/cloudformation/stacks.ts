import { posix } from 'node:path';
import { type Collector, finding } from '../../diagnostic/diagnostic.ts';
import type { Document, Span } from '../../json/document.ts';
import { hasHole, printHoles } from '../../json/holes.ts';
import { type Node, nodeAt, textOf } from '../../json/node.ts';
import { Budget, OutOfBudget } from '../../sets/budget.ts';
import type { Environment } from './arn.ts';
import type { CloudAssemblies } from './cloud-assembly.ts';
import { resourceKinds } from './resources/table.ts';
import { Scope } from './scope.ts';
import type { Template, TemplateResource } from './template.ts';
import { scalarText } from './values.ts';

export interface StackOptions {
  /** Values of parameters, by name, for every template that is not nested in another. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** The account and Region the templates go to, where they do not say so themselves. */
  readonly environment: Environment;
  /** The template at a path, loaded before or read now. */
  readonly templateAt: (path: string) => Template | undefined;
  /** What CDK says about the templates that it synthesised. */
  readonly assemblies: CloudAssemblies;
  /** Work all templates together may cost. */
  readonly steps?: number;
}

const maxNesting = 8;

/**
 * The templates as stacks that know of each other: by exports and imports, by paths in the Parameter Store, and by
 * nesting, where each instance of a nested template has its own parameters.
 */
export class Stacks {
  readonly scopes: Scope[] = [];
  private readonly options: StackOptions;
  private readonly collector: Collector;
  private readonly budget: Budget;
  private readonly environment: Environment;
  private readonly children = new Map<string, Scope>();
  private readonly instances = new Map<string, number>();
  private exhausted = false;
  private exportIndex: Map<string, () => Node | undefined> | undefined;
  private storedIndex: Map<string, () => Node | undefined> | undefined;

  constructor(options: StackOptions, collector: Collector) {
    this.options = options;
    this.collector = collector;
    this.budget = new Budget(options.steps ?? 20_000_000);
    this.environment = options.environment;
  }

  /** Adds templates; those that others nest become children of those. */
  add(templates: readonly Template[]): void {
    const nested = new Set<string>();
    for (const template of templates) {
      for (const path of this.nestedPaths(template)) nested.add(path);
    }
    const roots = templates.filter(({ id }) => !nested.has(id));
    for (const template of roots) this.addStack(template, (name) => this.given(name), 0);
    // Templates that only nest each other have no root; each is then read for itself.
    const seen = new Set(this.scopes.map(({ template }) => template.document));
    for (const template of templates) {
      if (!seen.has(template.document)) this.addStack(template, (name) => this.given(name), maxNesting);
    }
  }

  private given(name: string): string | undefined {
    const { parameters = {} } = this.options;
    return Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  }

  private nestedPaths(template: Template): string[] {
    const scope = this.scopeOf(template, (name) => this.given(name));
    return this.nestedStacks(scope).flatMap(({ path }) => path ?? []);
  }

  private addStack(
    template: Template,
    parameter: (name: string) => Node | string | undefined,
    depth: number,
  ): Scope {
    const scope = this.scopeOf(template, parameter);
    this.scopes.push(scope);
    for (const stack of this.nestedStacks(scope)) {
      const child = stack.path === undefined ? undefined : this.options.templateAt(stack.path);
      if (child && depth < maxNesting) this.addChild(scope, stack, child, depth);
      else if (!child) this.notLoaded(stack);
    }
    return scope;
  }

  private addChild(parent: Scope, { resource }: NestedStack, template: Template, depth: number): void {
    const { logicalId } = resource;
    const count = this.instances.get(template.id) ?? 0;
    this.instances.set(template.id, count + 1);
    const id = count === 0 ? template.id : `${template.id}@${parent.template.id}/${logicalId}`;
    const parameter = (name: string): Node | undefined =>
      nodeAt(parent.property(logicalId, 'Parameters'), name);
    // A nested stack goes where its parent goes.
    const { environment } = parent.template;
    const nested = { ...template, id, ...(environment ? { environment } : {}) };
    const child = this.addStack(nested, parameter, depth + 1);
    this.children.set(`${parent.template.id}#${logicalId}`, child);
  }

  private scopeOf(template: Template, parameter: (name: string) => Node | string | undefined): Scope {
    return new Scope(template, {
      environment: template.environment ?? this.environment,
      parameter,
      exported: (name) => this.exported(name, template),
      stored: (path) => this.stored(path),
      nestedOutput: (logicalId, output) => this.children.get(`${template.id}#${logicalId}`)?.output(output),
      identityOf: (type) => resourceKinds.get(type)?.identity,
      spend: (steps) => this.spend(steps),
    });
  }

  /** The nested stacks of a template and where their templates are. */
  private nestedStacks(scope: Scope): NestedStack[] {
    const found: NestedStack[] = [];
    for (const resource of scope.resources.values()) {
      const property =
        resource.type === 'AWS::CloudFormation::Stack'
          ? 'TemplateURL'
          : resource.type === 'AWS::Serverless::Application'
            ? 'Location'
            : undefined;
      if (property === undefined) continue;
      const node = scope.property(resource.logicalId, property);
      const location = assetOf(resource) ?? scalarText(node) ?? scalarText(nodeAt(node, 'ApplicationId'));
      const path = location === undefined ? undefined : this.pathOf(scope.template.document, location);
      found.push({ resource, path, location, span: resource.keySpan });
    }
    return found;
  }

  private pathOf(from: Document, location: string): string | undefined {
    return localPath(from, location) ?? this.options.assemblies.fileUploadedTo(from.path, location);
  }

  private notLoaded({ resource, location, span }: NestedStack): void {
    const params = { stack: resource.logicalId, location: printHoles(location ?? 'unknown') };
    this.collector.add(finding('template/nested-not-loaded', params, { span }));
  }

  /** Of stacks that export the same name, the one in the importer's own account and Region is meant. */
  private exported(name: string, { environment }: Template): Node | undefined {
    if (!this.exportIndex) {
      // Names are asked for while the index is made: those imports find what is there so far.
      this.exportIndex = new Map();
      for (const scope of this.scopes) {
        for (const { name: exportName, output } of scope.exports()) {
          for (const key of [exportName, exportKey(exportName, scope.template.environment)]) {
            if (!this.exportIndex.has(key)) this.exportIndex.set(key, () => scope.output(output));
          }
        }
      }
    }
    return (this.exportIndex.get(exportKey(name, environment)) ?? this.exportIndex.get(name))?.();
  }

  private stored(path: string): Node | undefined {
    if (!this.storedIndex) {
      this.storedIndex = new Map();
      for (const scope of this.scopes) {
        for (const { logicalId, type } of scope.resources.values()) {
          if (type !== 'AWS::SSM::Parameter') continue;
          const name = scalarText(scope.property(logicalId, 'Name'));
          if (!name || this.storedIndex.has(name)) continue;
          this.storedIndex.set(name, () => scope.property(logicalId, 'Value'));
        }
      }
    }
    return this.storedIndex.get(path)?.();
  }

  private spend(steps: number): boolean {
    if (this.exhausted) return false;
    try {
      this.budget.spend('the resolution of the templates', steps);
      return true;
    } catch (error) {
      if (!(error instanceof OutOfBudget)) throw error;
      this.exhausted = true;
      const params = { what: error.what, limit: `${this.budget.steps} steps` };
      this.collector.add(finding('input/too-large', params));
      return false;
    }
  }
}

interface NestedStack {
  readonly resource: TemplateResource;
  /** The path of the nested template beside the parent's, if it is a local file. */
  readonly path: string | undefined;
  readonly location: string | undefined;
  readonly span: Span;
}

function exportKey(name: string, environment: Template['environment']): string {
  return `${environment?.account} ${environment?.region} ${name}`;
}

/** CDK uploads the templates of nested stacks, and notes beside which file it was. */
function assetOf({ node }: TemplateResource): string | undefined {
  return textOf(nodeAt(node, 'Metadata', 'aws:asset:path'));
}

function localPath(from: Document, location: string): string | undefined {
  if (hasHole(location) || /^(?:https?|s3|arn):/.test(location)) return undefined;
  return posix.normalize(posix.join(posix.dirname(from.path), location));
}
