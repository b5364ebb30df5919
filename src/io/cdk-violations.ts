import { resolve } from 'node:path';
import { ResourcesByPlace } from '../checks/origins.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { fingerprint } from '../diagnostic/fingerprint.ts';
import { printPlace, type Span } from '../json/document.ts';
import { printHoles } from '../json/holes.ts';
import type { Node } from '../json/node.ts';
import type { TemplateResource } from '../model/template-resource.ts';
import { details, headline } from '../report/details.ts';
import { showJson } from '../report/show-json.ts';

/**
 * aws-cdk-lib's `PolicyViolatingResource`. The CDK works out the construct's path from the logical id; where a finding is
 * in no template, the id is empty, as the older interface must have one.
 */
export interface CdkViolatingResource {
  readonly resourceLogicalId: string;
  readonly constructPath?: string;
  readonly templatePath: string;
  readonly locations: string[];
}

/** aws-cdk-lib's `PolicyViolation`. */
export interface CdkViolation {
  readonly ruleName: string;
  readonly description: string;
  readonly fix?: string;
  readonly severity: string;
  readonly ruleMetadata: Readonly<Record<string, string>>;
  readonly violatingResources: CdkViolatingResource[];
}

interface Surroundings {
  /** The folder that shown paths count from. */
  readonly cwd: string;
  /** The path of a construct to show a finding with that is in no template. */
  readonly app: string | undefined;
}

/** Findings as the CDK reports violations. */
export function violationsOf(
  findings: readonly Diagnostic[],
  resources: readonly TemplateResource[],
  surroundings: Surroundings,
): CdkViolation[] {
  const places = new ResourcesByPlace(resources);
  return findings.map((diagnostic) => {
    const { code, severity, span, fix, otherFixes = [] } = diagnostic;
    const resource = span && places.at(span);
    const fixes = [...(fix ? [fix] : []), ...otherFixes].map(
      ({ text, tried }) =>
        `${printHoles(text)}${tried === undefined ? '' : ` (tried: ${printHoles(tried)})`}`,
    );
    return {
      ruleName: code,
      description: descriptionOf(diagnostic, resource !== undefined),
      ...(fixes.length > 0 ? { fix: fixes.join('; or: ') } : {}),
      severity,
      ruleMetadata: { fingerprint: fingerprint(diagnostic), explained: `busproof explain ${code}` },
      violatingResources: [resourceOf(span, resource, surroundings)],
    };
  });
}

/** What a finding says, the places that belong to it, and the event that shows it. */
function descriptionOf(diagnostic: Diagnostic, placed: boolean): string {
  const { span, related = [], witness } = diagnostic;
  const { fix: _, otherFixes: __, ...said } = diagnostic;
  const lines = [headline(diagnostic), ...details(said)];
  // The CDK itself shows the construct, and the line that made it.
  if (span && !placed) lines.push(`at ${printPlace(span)}`);
  for (const place of related) lines.push(`${printPlace(place.span)} ${printHoles(place.message)}`);
  if (witness !== undefined) lines.push(`for example: ${showJson(witness, Number.POSITIVE_INFINITY, '')}`);
  return lines.join('\n');
}

function resourceOf(
  span: Span | undefined,
  resource: TemplateResource | undefined,
  { cwd, app }: Surroundings,
): CdkViolatingResource {
  if (span && resource)
    return {
      resourceLogicalId: resource.logicalId,
      templatePath: resolve(cwd, span.document.path),
      locations: locationOf(resource.attributes, span),
    };
  return {
    resourceLogicalId: '',
    ...(app === undefined ? {} : { constructPath: app }),
    templatePath: span ? resolve(cwd, span.document.path) : '',
    locations: [],
  };
}

/** The property a place is in, as the CDK writes it: `Properties/EventPattern`. */
function locationOf(attributes: Node, { start }: Span): string[] {
  const keys: string[] = [];
  let node: Node | undefined = attributes;
  while (node?.kind === 'object' || node?.kind === 'array') {
    const entries: readonly { key: string; from: number; value: Node }[] =
      node.kind === 'object'
        ? node.members.map(({ key, keySpan, value }) => ({ key, from: keySpan.start, value }))
        : node.items.map((value, index) => ({ key: String(index), from: value.span.start, value }));
    const inside = entries.find(({ from, value }) => from <= start && start < value.span.end);
    if (!inside) break;
    keys.push(inside.key);
    node = inside.value;
  }
  return keys.length > 0 ? [keys.join('/')] : [];
}
