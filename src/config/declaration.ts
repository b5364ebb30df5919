import { type Collector, type Outcome, outcome } from '../diagnostic/diagnostic.ts';
import type { Span } from '../json/document.ts';
import { type Node, valueOf } from '../json/node.ts';
import { isObject, type JsonValue, setOwn } from '../json/value.ts';
import type { Component } from '../model/component.ts';
import type { Emission, FieldEffect } from '../model/emission.ts';
import { parseEventType } from '../model/event-type.ts';
import type { Evidence } from '../model/evidence.ts';
import { SettingsReader } from './reader.ts';

/** What somebody wrote down about a component: in the config file, or in the template resource's `Metadata`. */
export interface Declaration {
  readonly emissions: readonly Emission[];
  /** What the declaration adds to the component itself. */
  readonly component: Partial<
    Pick<
      Component,
      'rejectsAtDepth' | 'callsModel' | 'callCost' | 'attempts' | 'silence' | 'disables' | 'code'
    >
  >;
}

/**
 * Reads a declaration: `publishes` (a list; empty means nothing is published), `rejectsAtDepth`, `callsModel`,
 * `callCost`, `attempts`, `disables`, `code`. `place` says where it stands, for the evidence: "Metadata of AnalyticsFunction".
 */
export function parseDeclaration(node: Node, component: string, place: string): Outcome<Declaration> {
  const reader = new SettingsReader(node, place);
  const evidence: Evidence = { kind: 'declared', text: `declared in ${place}`, span: node.span };
  const publishes = reader.list('publishes', (item) => publication(item, component, place, reader.collector));
  const rejects = reader.whole('rejectsAtDepth', 1);
  const callsModel = reader.flag('callsModel');
  const disables = reader.texts('disables');
  const callCost = costOfCall(reader);
  const code = reader.text('code');
  const attempts = reader.whole('attempts', 1);
  const rejectsSpan = reader.raw('rejectsAtDepth')?.span;
  // Read by `expectation.ts`.
  reader.raw('expects');
  reader.done();
  const declaration: Declaration = {
    emissions: publishes ?? [],
    component: {
      ...(rejects === undefined ? {} : { rejectsAtDepth: withSpan(rejects, rejectsSpan) }),
      ...(callsModel === undefined ? {} : { callsModel }),
      ...(disables === undefined ? {} : { disables }),
      ...(callCost === undefined ? {} : { callCost }),
      ...(code === undefined ? {} : { code }),
      ...(attempts === undefined ? {} : { attempts }),
      ...(publishes?.length === 0 ? { silence: evidence } : {}),
    },
  };
  return outcome(declaration, reader.collector.diagnostics);
}

/** A number of US dollars, or what a model's prices make of the tokens: prices are per million tokens. */
function costOfCall(reader: SettingsReader): number | undefined {
  const node = reader.raw('callCost');
  if (node === undefined || node.kind === 'number') return reader.number('callCost', 0, 1e6);
  const cost = new SettingsReader(node, `${reader.where}: callCost`, reader.collector);
  const part = (tokens: string, price: string): number =>
    ((cost.number(tokens, 0, 1e12) ?? 0) * (cost.number(price, 0, 1e6) ?? 0)) / 1e6;
  const dollars = part('inputTokens', 'inputPrice') + part('outputTokens', 'outputPrice');
  cost.done();
  return dollars;
}

function withSpan(depth: number, span: Span | undefined): NonNullable<Component['rejectsAtDepth']> {
  return span ? { depth, span } : { depth };
}

function publication(
  node: Node,
  component: string,
  place: string,
  collector: Collector,
): Emission | undefined {
  // A bare text is the short form of { event: text }.
  const member = { key: 'event', keySpan: node.span, value: node };
  const item: Node = node.kind === 'string' ? { kind: 'object', span: node.span, members: [member] } : node;
  const reader = new SettingsReader(item, `a publication in ${place}`, collector);
  const event = reader.read('event', 'source@DetailType, or "*" for any', (text) =>
    text.kind === 'string' ? (text.value === '*' ? '*' : parseEventType(text.value)) : undefined,
  );
  const bus = reader.text('bus');
  const on = reader.texts('after');
  const entry = reader.flag('entry') ?? false;
  const count = reader.number('count', 0, Number.MAX_SAFE_INTEGER, 'a number, not negative') ?? 1;
  const probability = reader.number('probability', 0, 1) ?? 1;
  const depth = effect(
    reader,
    'depth',
    asDepth,
    '"increment", "copy", "reset", "absent", "any" or a whole number',
  );
  const stage = effect(reader, 'stage', asStage, 'a stage such as "processed", or "copy", "absent", "any"');
  const attempts = reader.whole('attempts', 1);
  const fields = fieldEffects(reader);
  reader.done();
  if (event === undefined) {
    if (item.kind === 'object' && !item.members.some(({ key }) => key === 'event')) {
      reader.refuse(item, `${reader.where}: event`, 'source@DetailType');
    }
    return undefined;
  }
  return {
    component,
    entry,
    count,
    probability,
    depth: depth ?? (entry ? { kind: 'set', value: 0 } : { kind: 'any' }),
    stage: stage ?? { kind: 'any' },
    ...(event === '*' ? {} : { event }),
    ...(bus === undefined ? {} : { bus }),
    ...(on === undefined || on.includes('*') ? {} : { on }),
    ...(fields === undefined ? {} : { fields }),
    ...(attempts === undefined ? {} : { attempts }),
    evidence: { kind: 'declared', text: `declared in ${place}`, span: node.span },
  };
}

function effect<T>(
  reader: SettingsReader,
  key: string,
  as: (value: JsonValue) => FieldEffect<T> | undefined,
  expected: string,
): FieldEffect<T> | undefined {
  return reader.read(key, expected, (node) => as(valueOf(node)));
}

function asDepth(value: JsonValue): FieldEffect<number> | undefined {
  if (value === 'reset') return { kind: 'set', value: 0 };
  if (value === 'increment' || value === 'copy' || value === 'absent' || value === 'any')
    return { kind: value };
  return typeof value === 'number' && Number.isSafeInteger(value) ? { kind: 'set', value } : undefined;
}

function asStage(value: JsonValue): FieldEffect<string> | undefined {
  if (value === 'copy' || value === 'absent' || value === 'any') return { kind: value };
  return typeof value === 'string' ? { kind: 'set', value } : undefined;
}

/** `fields: { orderId: copy, order: { copy: detail }, status: { set: SHIPPED }, token: absent }`: paths below `detail`. */
function fieldEffects(reader: SettingsReader): Record<string, FieldEffect<JsonValue>> | undefined {
  const entries = reader.entries('fields');
  if (entries.length === 0) return undefined;
  const fields: Record<string, FieldEffect<JsonValue>> = {};
  for (const { name, value } of entries) {
    const effect = asField(valueOf(value));
    if (effect) setOwn(fields, name, effect);
    else
      reader.refuse(
        value,
        `${reader.where}: fields: ${name}`,
        '"copy", "absent", "any", { copy: detail.PATH } (from another field of what was received) or { set: value }',
      );
  }
  return fields;
}

function asField(given: JsonValue): FieldEffect<JsonValue> | undefined {
  if (given === 'copy' || given === 'absent' || given === 'any') return { kind: given };
  if (!isObject(given) || Object.keys(given).length !== 1) return undefined;
  if (given['set'] !== undefined) return { kind: 'set', value: given['set'] };
  const [, path] = /^detail((?:\.[^.]+)*)$/.exec(String(given['copy'])) ?? [];
  return path === undefined ? undefined : { kind: 'copy', from: path.slice(1) };
}
