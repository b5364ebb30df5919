import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { fingerprint } from '../diagnostic/fingerprint.ts';
import { printPlace } from '../json/document.ts';
import { hasHole, printHoles } from '../json/holes.ts';
import type { JsonObject } from '../json/value.ts';
import type { Component } from '../model/component.ts';
import type { Emission } from '../model/emission.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Topology } from '../model/topology.ts';
import type { Publication } from '../publish/publication.ts';
import type { Publisher } from '../publish/publisher.ts';

/** What is told of a system's publishers. */
export interface PublishersReport {
  readonly topology: Topology;
  readonly publishers: readonly Publisher[];
  readonly findings: readonly Diagnostic[];
}

/** What one component publishes, for people. */
interface Row {
  readonly name: string;
  readonly component: string;
  readonly emissions: readonly Emission[];
  readonly silence?: Evidence;
  /** What its code publishes and its role does not let through. */
  readonly forbidden: readonly Publication[];
  /** Events this deep are turned away. */
  readonly guard?: Component['rejectsAtDepth'];
}

/** Components that publish, or are proven not to; those that run nobody's code and say nothing are left out. */
function rowsOf({ topology: { components, emissionsOf }, publishers }: PublishersReport): Row[] {
  const assessed = new Map(publishers.map((each) => [each.resource.id, each]));
  const known = components.map((component): Row => {
    const { id, name, silence, rejectsAtDepth } = component;
    return {
      name,
      component: id,
      emissions: emissionsOf.get(id) ?? [],
      // What is followed all the same is among the emissions.
      forbidden: assessed.get(id)?.roleMayGrow ? [] : (assessed.get(id)?.forbidden ?? []),
      ...(silence ? { silence } : {}),
      ...(rejectsAtDepth ? { guard: rejectsAtDepth } : {}),
    };
  });
  const ids = new Set(components.map(({ id }) => id));
  const others = [...emissionsOf]
    .filter(([id]) => !ids.has(id))
    .map(([id, emissions]): Row => {
      return { name: id.slice(id.lastIndexOf('#') + 1), component: id, emissions, forbidden: [] };
    });
  return [...known, ...others].filter(
    ({ component, emissions, silence }) => emissions.length > 0 || silence || assessed.has(component),
  );
}

/** One block a component: what it publishes, where, on what evidence. */
export function publishersText(report: PublishersReport): string {
  const rows = rowsOf(report);
  const blocks = rows.map(({ name, emissions, silence, forbidden, guard }) => {
    const lines = distinct(emissions).map((emission) => `  ${lineOf(emission)}`);
    for (const each of forbidden) {
      const { source, detailType, bus, evidence } = each;
      const where = bus === undefined ? 'some bus' : printHoles(bus);
      lines.push(
        `  ${shown(source)}@${shown(detailType)}  on ${where}  (${reasonOf(evidence)}; its role does not allow it)`,
      );
    }
    if (lines.length === 0) lines.push(silence ? `  nothing: ${reasonOf(silence)}` : '  not known');
    if (guard && emissions.length > 0) {
      const place = guard.span ? `, ${printPlace(guard.span)}` : '';
      lines.push(`  turns away events at chain depth ${guard.depth} or deeper${place}`);
    }
    return [name, ...lines].join('\n');
  });
  const notes = report.findings.map(({ severity, code, message, fix }) =>
    printHoles([`${severity} ${code}  ${message}`, ...(fix ? [`  fix: ${fix.text}`] : [])].join('\n')),
  );
  return blocks.length === 0 ? 'nothing here publishes events\n' : `${[...blocks, ...notes].join('\n\n')}\n`;
}

function lineOf({ event, bus, evidence, entry }: Emission): string {
  const what = event ? `${shown(event.source)}@${shown(event.detailType)}` : 'some event';
  const where = bus === undefined ? 'some bus' : printHoles(bus);
  return `${what}  on ${where}  (${reasonOf(evidence)}${entry ? ', not in answer to an event' : ''})`;
}

/** Part of a text is not known: what is known of it, with an ellipsis for the rest. */
function shown(text: string): string {
  return hasHole(text) ? printHoles(text).replace(/\$\{[^}]*\}/g, '…') : text;
}

function reasonOf({ kind, text, span }: Evidence): string {
  return `${kind}: ${printHoles(text)}${span ? `, ${printPlace(span)}` : ''}`;
}

function distinct(emissions: readonly Emission[]): Emission[] {
  return [...new Map(emissions.map((emission) => [lineOf(emission), emission])).values()];
}

/** The same as JSON text. What is not known is null; parts of texts that are not known are `${name}`. */
export function publishersJson(report: PublishersReport, version: string): string {
  const value: JsonObject = {
    formatVersion: 1,
    tool: { name: 'busproof', version },
    components: rowsOf(report).map(({ name, component, emissions, silence, forbidden, guard }) => ({
      name,
      component,
      publishes: emissions.map(emissionJson),
      ...(emissions.length === 0 && silence ? { silent: evidenceJson(silence) } : {}),
      ...(forbidden.length > 0 ? { forbidden: forbidden.map(publicationJson) } : {}),
      ...(guard ? { rejectsAtDepth: guard.depth } : {}),
    })),
    findings: report.findings.map((each) => ({
      code: each.code,
      severity: each.severity,
      message: each.message,
      fingerprint: fingerprint(each),
      ...(each.span ? { place: printPlace(each.span) } : {}),
      ...(each.fix ? { fix: each.fix.text } : {}),
    })),
  };
  return `${printHoles(JSON.stringify(value, undefined, 2))}\n`;
}

function emissionJson({ event, bus, entry, depth, stage, evidence }: Emission): JsonObject {
  return {
    source: event?.source ?? null,
    detailType: event?.detailType ?? null,
    bus: bus ?? null,
    inAnswerToAnEvent: !entry,
    depth: { ...depth },
    stage: { ...stage },
    evidence: evidenceJson(evidence),
  };
}

function publicationJson({ source, detailType, bus, evidence }: Publication): JsonObject {
  return { source, detailType, bus: bus ?? null, evidence: evidenceJson(evidence) };
}

function evidenceJson({ kind, text, span }: Evidence): JsonObject {
  return { kind, text, ...(span ? { place: printPlace(span) } : {}) };
}
