import type { CheckReport } from '../checks/report.ts';
import type { Diagnostic, Fix } from '../diagnostic/diagnostic.ts';
import { fingerprint } from '../diagnostic/fingerprint.ts';
import type { Amplification } from '../graph/amplification.ts';
import type { Hop, Loop, LoopVerdict, Retried } from '../graph/loop.ts';
import { loopWords } from '../graph/words.ts';
import { printHoles } from '../json/holes.ts';
import type { JsonObject } from '../json/value.ts';
import { printEventType } from '../model/event-type.ts';
import { placeOf } from './place.ts';

/** The report as JSON text, of the form that schemas/busproof/report.schema.json describes. */
export function reportJson(report: CheckReport, version: string): string {
  const { counts } = report;
  const value: JsonObject = {
    formatVersion: 1,
    tool: { name: 'busproof', version },
    summary: {
      templates: counts.templates,
      ...(counts.accounts > 0 ? { accounts: counts.accounts } : {}),
      schemas: counts.schemas,
      rules: counts.rules,
      eventTypes: counts.eventTypes,
      components: counts.components,
      findings: { ...counts.findings, accepted: report.accepted.length },
      loops: counts.loops,
    },
    loops: report.loops.map(({ loop, intended, surge }) => ({
      ...loopJson(loop),
      ...(surge ? { reachesQuota: { ...surge } } : {}),
      ...(intended ? { intended: { bound: intended.bound, reason: intended.reason } } : {}),
    })),
    amplification: report.amplifications.map(amplificationJson),
    findings: report.findings.map(findingJson),
    accepted: report.accepted.map(({ finding, acceptance }) => ({
      ...findingJson(finding),
      reason: acceptance.reason,
      ...(acceptance.until === undefined ? {} : { until: acceptance.until }),
    })),
  };
  return `${printHoles(JSON.stringify(value, undefined, 2))}\n`;
}

function loopJson(loop: Loop): JsonObject {
  const { hops } = loop;
  return {
    id: loop.id,
    verdict: loop.verdict.kind,
    path: loopWords(hops),
    eventTypes: distinct(hops.map(({ from }) => (from.type ? printEventType(from.type) : '*'))),
    rules: distinct(hops.map(({ route }) => route.name)),
    components: distinct(
      hops.flatMap(({ delivery }) => (delivery.component ? [delivery.component.name] : [])),
    ),
    buses: distinct(hops.map(({ from }) => from.bus)),
    hops: hops.map(hopJson),
    ...verdictJson(loop.verdict),
    ...(loop.growth === undefined
      ? {}
      : { growthPerRound: loop.growth, eventsAfterTenRounds: Math.round(loop.growth ** 10) }),
    evidence: loop.evidence,
    layers: loop.layers.map(({ layer, stops, verdict, reason }) => ({
      layer,
      stops,
      verdict,
      ...(reason === undefined ? {} : { reason }),
    })),
    circuitBreakers: loop.breakers.map(({ name }) => name),
  };
}

/** Numbers that have no end are null in JSON. */
function amplificationJson(amplification: Amplification): JsonObject {
  const { node, fanOut, events, expectedEvents, deliveries, cost, retried, certain } = amplification;
  return {
    eventType: printEventType(node.type!),
    bus: node.bus,
    fanOut,
    events: finite(events),
    expectedEvents: finite(expectedEvents),
    deliveries: finite(deliveries),
    eventsWithRetries: retriedJson(retried),
    certain,
    ...(cost > 0 ? { cost: finite(cost) } : {}),
  };
}

function retriedJson({ runs, all }: Retried): JsonObject {
  return { runs: finite(runs), deliveries: finite(all) };
}

function finite(count: number): number | null {
  return Number.isFinite(count) ? count : null;
}

function hopJson({ from, to, route, delivery, emission }: Hop): JsonObject {
  return {
    eventType: from.type ? printEventType(from.type) : '*',
    bus: from.bus,
    rule: route.name,
    via: delivery.via.map(({ name }) => name),
    target: delivery.component?.name ?? delivery.bus ?? '',
    publishes: to.type ? printEventType(to.type) : '*',
    ...(emission ? { evidence: { kind: emission.evidence.kind, text: emission.evidence.text } } : {}),
  };
}

function verdictJson(verdict: LoopVerdict): JsonObject {
  switch (verdict.kind) {
    case 'endless':
      return { events: verdict.events().map((event) => event ?? null) };
    case 'possible':
      return { doubts: verdict.doubts.map(({ hop, layer, reason }) => ({ hop, layer, reason })) };
    case 'bounded': {
      const { hop, reason, depth, events, retried } = verdict.bound;
      return { bound: { hop, reason, depth, events, eventsWithRetries: retriedJson(retried) } };
    }
    case 'refuted': {
      const { hop, layer, reason } = verdict.stop;
      return { stop: { hop, layer, reason } };
    }
  }
}

/** A finding as JSON; the same in every report. */
export function findingJson(diagnostic: Diagnostic): JsonObject {
  const {
    code,
    severity,
    message,
    span,
    label,
    related = [],
    notes = [],
    witness,
    fix,
    otherFixes = [],
    params,
  } = diagnostic;
  return {
    code,
    severity,
    message,
    fingerprint: fingerprint(diagnostic),
    params,
    ...(span ? { place: placeOf(span) } : {}),
    ...(label === undefined ? {} : { label }),
    related: related.map((place) => ({ ...placeOf(place.span), message: place.message })),
    notes: [...notes],
    ...(witness === undefined ? {} : { witness }),
    ...(fix ? { fix: fixJson(fix) } : {}),
    ...(otherFixes.length > 0 ? { otherFixes: otherFixes.map(fixJson) } : {}),
  };
}

function fixJson({ text, tried }: Fix): JsonObject {
  return { text, ...(tried === undefined ? {} : { tried }) };
}

function distinct(items: readonly string[]): string[] {
  return [...new Set(items)];
}
