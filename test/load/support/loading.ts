import type { Diagnostic } from '../../../src/diagnostic/diagnostic.ts';
import { type Document, documentOf } from '../../../src/json/document.ts';
import { printHoles } from '../../../src/json/holes.ts';
import { type Node, nodeAt, valueOf } from '../../../src/json/node.ts';
import type { JsonValue } from '../../../src/json/value.ts';
import { type LoadedTemplates, type LoadOptions, loadTemplates } from '../../../src/load/index.ts';
import type { Endpoint, Route } from '../../../src/model/route.ts';

export interface Loaded extends LoadedTemplates {
  readonly diagnostics: readonly Diagnostic[];
  /** Routes as lines: `rule Name: bus -> function Logical`. */
  readonly lines: readonly string[];
}

/** Loads texts by path. */
export function load(files: Readonly<Record<string, string>>, options: LoadOptions = {}): Loaded {
  const documents: Document[] = Object.entries(files).map(([path, text]) => documentOf(path, text));
  const { value, diagnostics } = loadTemplates(documents, options);
  return { ...value, diagnostics, lines: value.routes.map((route) => printRoute(value, route)) };
}

/** The text a finding underlines. */
export function underlined({ span }: Diagnostic): string {
  return span ? span.document.text.slice(span.start, span.end) : '';
}

export function printRoute(loaded: LoadedTemplates, route: Route): string {
  const end = (endpoint: Endpoint): string => printEndpoint(loaded, endpoint);
  const targets = route.targets.map(({ to }) => end(to)).join(', ') || 'nothing';
  const filter = route.filter.kind === 'pattern' ? '' : ` [${route.filter.kind}]`;
  const state = route.state === 'enabled' ? '' : ` (${route.state})`;
  return `${route.kind} ${route.name}${state}: ${end(route.from)}${filter} -> ${targets}`;
}

function printEndpoint(loaded: LoadedTemplates, endpoint: Endpoint): string {
  if (endpoint.kind === 'outside') return 'outside';
  if (endpoint.kind === 'bus') return `bus ${printHoles(endpoint.bus)}`;
  const component = loaded.components.find(({ id }) => id === endpoint.component);
  if (!component) return `NO COMPONENT ${endpoint.component}`;
  return `${component.declared ? '' : 'undeclared '}${component.kind} ${component.name}`;
}

/**
 * What an expression in a template gives, holes shown as `${key}`. The template is one of YAML sections; the
 * expression stands in a property of a template resource of it.
 */
export function evaluate(
  expression: string,
  sections = '',
  options: LoadOptions = {},
  resources = '',
): JsonValue | undefined {
  const text = [
    sections,
    'Resources:',
    resources,
    '  Subject:',
    '    Type: Test::Subject',
    '    Properties:',
    `      Value: ${expression}`,
    '',
  ].join('\n');
  const { value } = loadTemplates([documentOf('t.yaml', text)], options);
  const subject = value.resources.find(({ logicalId }) => logicalId === 'Subject');
  const node = nodeAt(subject?.attributes, 'Properties', 'Value');
  return node && shown(node);
}

function shown(node: Node): JsonValue {
  return JSON.parse(printHoles(JSON.stringify(valueOf(node)))) as JsonValue;
}
