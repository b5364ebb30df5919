import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { fingerprint } from '../diagnostic/fingerprint.ts';
import { printPlace } from '../json/document.ts';
import { hasHole, printHoles } from '../json/holes.ts';
import type { JsonObject } from '../json/value.ts';
import type { Component } from '../model/component.ts';
import type { Emission } from '../model/emission.ts';
import type { Evidence } from '../model/evidence.ts';
import type { Topology } from '../model/topology.ts';

/** What one component publishes, for people. */
interface Row {
  readonly name: string;
  readonly component: string;
  readonly emissions: readonly Emission[];
  readonly silence?: Evidence;
}

/** Components that publish, or are proven not to; those that run nobody's code and say nothing are left out. */
function rowsOf({ components, emissionsOf }: Topology): Row[] {
  const known = components.map((component): Row => rowOf(component, emissionsOf.get(component.id) ?? []));
  const ids = new Set(components.map(({ id }) => id));
  const others = [...emissionsOf]
    .filter(([id]) => !ids.has(id))
    .map(([id, emissions]): Row => ({ name: id.slice(id.lastIndexOf('#') + 1), component: id, emissions }));
  return [...known, ...others].filter(({ emissions, silence }) => emissions.length > 0 || silence);
}

function rowOf({ id, name, silence }: Component, emissions: readonly Emission[]): Row {
  return { name, component: id, emissions, ...(silence ? { silence } : {}) };
}

/** One block a component: what it publishes, where, on what evidence. */
export function publishersText(topology: Topology, findings: readonly Diagnostic[]): string {
  const rows = rowsOf(topology);
  const blocks = rows.map(({ name, emissions, silence }) => {
    const lines = distinct(emissions).map((emission) => `  ${lineOf(emission)}`);
    if (lines.length === 0 && silence) lines.push(`  nothing: ${reasonOf(silence)}`);
    return [name, ...lines].join('\n');
  });
  const notes = findings.map(({ severity, code, message, fix }) =>
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
export function publishersJson(topology: Topology, findings: readonly Diagnostic[], version: string): string {
  const value: JsonObject = {
    formatVersion: 1,
    tool: { name: 'busproof', version },
    components: rowsOf(topology).map(({ name, component, emissions, silence }) => ({
      name,
      component,
      publishes: emissions.map(emissionJson),
      ...(emissions.length === 0 && silence ? { silent: evidenceJson(silence) } : {}),
    })),
    findings: findings.map((each) => ({
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

function evidenceJson({ kind, text, span }: Evidence): JsonObject {
  return { kind, text, ...(span ? { place: printPlace(span) } : {}) };
}
