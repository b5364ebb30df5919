import { Collector, type Outcome, outcome } from '../diagnostic/diagnostic.ts';
import type { Document } from '../json/document.ts';
import type { Node } from '../json/node.ts';
import { parseData } from '../json/parse-data.ts';
import type { TopologyParts } from '../model/topology.ts';
import { environmentOf } from './cloudformation/arn.ts';
import { otherKindOf } from './cloudformation/other-kinds.ts';
import { addressesOf, declareComponent, readTemplate } from './cloudformation/read-template.ts';
import { checkReferences } from './cloudformation/references.ts';
import type { Scope } from './cloudformation/scope.ts';
import { Stacks } from './cloudformation/stacks.ts';
import { isCloudFormation, isServerless, type Template, templateOf } from './cloudformation/template.ts';
import { Draft } from './draft.ts';
import { type Addressable, link } from './link.ts';
import { serverlessTemplate } from './serverless/service.ts';

export { isTemplate } from './cloudformation/template.ts';

export interface LoadOptions {
  /** Values of parameters by name, for all templates but nested ones, whose parents give them. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** The account and Region the templates go to; unknown otherwise. */
  readonly account?: string;
  readonly region?: string;
  /** Reads a file beside the templates, for nested stacks. */
  readonly readLocal?: (path: string) => Document | undefined;
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
}

/**
 * Loads CloudFormation and SAM templates (synthesised by CDK or compiled by the Serverless Framework too) and
 * Serverless services into one topology, linked by parameters, exports, stored parameters, nesting and equal names.
 * Documents that are no templates are left out: {@link isTemplate} tells. Linear in the size of the templates, but
 * for what their functions repeat, which is bounded.
 */
export function loadTemplates(
  documents: readonly Document[],
  options: LoadOptions = {},
): Outcome<LoadedTemplates> {
  const collector = new Collector();
  const templates = new Map<string, Template>();
  for (const document of documents) {
    const root = collector.take(parseData(document));
    const template = root && readOutline(document, root, collector);
    if (template && !templates.has(document.path)) templates.set(document.path, template);
  }
  const stacks = new Stacks(
    { ...options, templateAt: localTemplates(templates, options, collector) },
    collector,
  );
  stacks.add([...templates.values()]);
  const drafts = stacks.scopes.map((scope) => {
    const draft = new Draft();
    collector.add(...checkReferences(scope));
    readTemplate(scope, draft, collector);
    return draft;
  });
  const addressables = stacks.scopes.flatMap((scope) => addressablesOf(scope, collector));
  const parts = link({ drafts, addressables, environment: environmentOf(options) }, collector);
  const counts = stacks.scopes.map(({ template }, index) => countOf(template.id, drafts[index]!));
  return outcome({ ...parts, templates: counts }, collector.diagnostics);
}

function readOutline(document: Document, root: Node, collector: Collector): Template | undefined {
  if (isCloudFormation(root)) return templateOf(document, root, document.path);
  return isServerless(root) ? serverlessTemplate(document, root, collector) : undefined;
}

/** Templates by path: those that were given, else what `readLocal` finds. */
function localTemplates(
  templates: ReadonlyMap<string, Template>,
  { readLocal }: LoadOptions,
  collector: Collector,
): (path: string) => Template | undefined {
  const read = new Map<string, Template | undefined>();
  return (path) => {
    const given = templates.get(path);
    if (given || !readLocal || read.has(path)) return given ?? read.get(path);
    const document = readLocal(path);
    const root = document && collector.take(parseData(document));
    const template = root && readOutline(document, root, collector);
    read.set(path, template);
    return template;
  };
}

function addressablesOf(scope: Scope, collector: Collector): Addressable[] {
  const unread = new Draft();
  return [...scope.resources.values()].map((resource) => ({
    id: `${scope.template.id}#${resource.logicalId}`,
    addresses: addressesOf({ resource, physical: scope.physical(resource.logicalId) }),
    declare: () => declareComponent(scope, resource, otherKindOf(resource.type), unread, collector),
  }));
}

function countOf(path: string, draft: Draft): TemplateCount {
  const rulesLoaded = draft.routes.filter(({ kind }) => kind === 'rule').length;
  return { path, rulesFound: draft.rulesFound, rulesLoaded };
}
