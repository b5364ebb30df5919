import { Collector, type Outcome, outcome } from '../diagnostic/diagnostic.ts';
import type { Document } from '../json/document.ts';
import type { Node } from '../json/node.ts';
import type { TemplateResource } from '../model/template-resource.ts';
import type { TopologyParts } from '../model/topology.ts';
import { environmentOf } from './cloudformation/arn.ts';
import { CloudAssemblies } from './cloudformation/cloud-assembly.ts';
import { otherKindOf } from './cloudformation/other-kinds.ts';
import { addressesOf, conditionOf, declareComponent, readTemplate } from './cloudformation/read-template.ts';
import { checkReferences } from './cloudformation/references.ts';
import type { Scope } from './cloudformation/scope.ts';
import { Stacks } from './cloudformation/stacks.ts';
import { Draft } from './draft.ts';
import { type Addressable, link } from './link.ts';
import { awayFrom, homeOf } from './places.ts';
import { TemplateFiles } from './template-files.ts';
import { loadTerraform } from './terraform/load.ts';

export interface LoadOptions {
  /** Values of parameters by name, for all templates but nested ones, whose parents give them. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** The account and Region the templates go to; unknown otherwise. */
  readonly account?: string;
  readonly region?: string;
  /** Reads a file beside the templates: a nested stack's, or one that a Serverless service includes. */
  readonly readLocal?: (path: string) => Document | undefined;
  /** The names of the files in a folder beside the templates: a Terraform module's. */
  readonly namesIn?: (folder: string) => readonly string[];
}

/** What was found in one file (or one instance of a nested template). */
export interface TemplateCount {
  readonly path: string;
  /** Rules the file writes down: rule resources, and SAM or Serverless events that become rules. */
  readonly rulesFound: number;
  /** Those of them that are in the topology. */
  readonly rulesLoaded: number;
}

export interface LoadedTemplates extends TopologyParts {
  readonly templates: readonly TemplateCount[];
  /** Every entry of `Resources`, for whoever needs more than the topology: roles, policies, archives. */
  readonly resources: readonly TemplateResource[];
}

/**
 * Loads CloudFormation and SAM templates (synthesised by CDK or compiled by the Serverless Framework too) and
 * Serverless services into one topology, linked by parameters, exports, stored parameters, nesting and equal names.
 * Documents that are no templates are left out. Linear in the size of the templates, but
 * for what their functions repeat, which is bounded.
 */
export function loadTemplates(
  documents: readonly Document[],
  options: LoadOptions = {},
): Outcome<LoadedTemplates> {
  const collector = new Collector();
  const data = documents.filter(({ path }) => !path.endsWith('.tf'));
  const files = new TemplateFiles(data, options.readLocal, collector);
  const given = environmentOf(options);
  const assemblies = new CloudAssemblies(options.readLocal, options.namesIn);
  const templates = files.all().map((template) => {
    const environment = assemblies.environmentAt(template.document.path, given);
    return environment ? { ...template, environment } : template;
  });
  const terraform = loadTerraform(
    {
      plans: files.plans(),
      files: documents.filter(({ path }) => path.endsWith('.tf')),
      readLocal: options.readLocal,
      namesIn: options.namesIn,
      environment: given,
    },
    collector,
  );
  const home = homeOf(
    given,
    [...terraform, ...templates.filter(({ environment }) => environment)].map(
      ({ environment }) => environment,
    ),
  );
  const stacks = new Stacks(
    { ...options, assemblies, environment: home, templateAt: (path) => files.templateAt(path) },
    collector,
  );
  stacks.add([...templates, ...terraform]);
  const drafts = stacks.scopes.map((scope) => {
    const draft = new Draft();
    collector.add(...checkReferences(scope));
    readTemplate(scope, draft, collector);
    return awayFrom(home, draft, scope.template.environment);
  });
  const addressables = stacks.scopes.flatMap((scope) => addressablesOf(scope, collector));
  const parts = link({ drafts, addressables, environment: home }, collector);
  const counts = stacks.scopes.map(({ template }, index) => countOf(template.id, drafts[index]!));
  const resources = stacks.scopes.flatMap((scope) => resourcesOf(scope, assemblies));
  return outcome({ ...parts, templates: counts, resources }, collector.diagnostics);
}

function addressablesOf(scope: Scope, collector: Collector): Addressable[] {
  const unread = new Draft();
  return [...scope.resources.values()].map((resource) => ({
    id: `${scope.template.id}#${resource.logicalId}`,
    addresses: addressesOf({ resource, physical: scope.physical(resource.logicalId) }),
    declare: () => declareComponent(scope, resource, otherKindOf(resource.type), unread, collector),
  }));
}

function resourcesOf(scope: Scope, assemblies: CloudAssemblies): TemplateResource[] {
  return [...scope.resources.values()].map((resource) => {
    const { logicalId, type, span, node } = resource;
    const condition = conditionOf(scope, resource);
    let attributes: Node | undefined;
    return {
      id: `${scope.template.id}#${logicalId}`,
      template: scope.template.id,
      logicalId,
      type,
      addresses: addressesOf({ resource, physical: scope.physical(logicalId) }),
      // Most template resources are never looked at: they are resolved when somebody does.
      get attributes(): Node {
        attributes ??= scope.resolve(node) ?? node;
        return attributes;
      },
      get construct() {
        return assemblies.placeOf(scope.template.document.path, logicalId);
      },
      ...(condition ? { condition } : {}),
      span,
    };
  });
}

function countOf(path: string, draft: Draft): TemplateCount {
  const rulesLoaded = draft.routes.filter(({ kind, managedBy }) => kind === 'rule' && !managedBy).length;
  return { path, rulesFound: draft.rulesFound, rulesLoaded };
}
