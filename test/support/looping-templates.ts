import { isObject, type JsonObject, type JsonValue } from '../../src/json/value.ts';
import type { FunctionSketch, PublicationSketch, SystemSketch } from '../../src/testing/topology/sketch.ts';
import type { Draws } from './draws.ts';

/** How a template is written: the same system in many hands. */
export const styles = [
  'json',
  'json with tabs',
  'tight json',
  'block',
  'block of dashes',
  'flow',
  'mixed',
] as const;
export type TemplateStyle = (typeof styles)[number];

/** A sketched system as the text of a template, with comments, anchors and short-form tags where the style has them. */
export function templateText(
  sketch: SystemSketch,
  style: TemplateStyle,
  draws: Draws,
  lineEnd: string,
): string {
  const template = templateOf(sketch);
  if (style === 'tight json') return JSON.stringify(template);
  if (style === 'json' || style === 'json with tabs') {
    return `${JSON.stringify(template, null, style === 'json' ? draws.pick([1, 2, 4]) : '\t')}\n`.replaceAll(
      '\n',
      lineEnd,
    );
  }
  const text = `# A system that somebody wrote\n${block(template, '', style, draws)}\n# the end\n`;
  return text.replaceAll('\n', lineEnd);
}

function templateOf({ rules, functions }: SystemSketch): JsonObject {
  const resources: Record<string, JsonValue> = {
    bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'bus' } },
  };
  for (const [name, { pattern, to, state }] of Object.entries(rules)) {
    resources[name] = {
      Type: 'AWS::Events::Rule',
      Properties: {
        Name: name,
        EventBusName: { Ref: 'bus' },
        State: state === 'disabled' ? 'DISABLED' : 'ENABLED',
        EventPattern: pattern,
        Targets: to.map((target) => ({ Id: target, Arn: { 'Fn::GetAtt': [target, 'Arn'] } })),
      },
    };
  }
  for (const [name, each] of Object.entries(functions)) resources[name] = functionOf(each);
  return { AWSTemplateFormatVersion: '2010-09-09', Resources: resources };
}

function functionOf({ publishes = [], rejectsAtDepth }: FunctionSketch): JsonObject {
  const declared = publishes.map((each) => publicationOf(typeof each === 'string' ? { event: each } : each));
  return {
    Type: 'AWS::Lambda::Function',
    Metadata: {
      Busproof: { publishes: declared, ...(rejectsAtDepth ? { rejectsAtDepth: rejectsAtDepth.depth } : {}) },
    },
    Properties: { Handler: 'index.handler', Runtime: 'nodejs22.x' },
  };
}

function publicationOf({ event, depth, stage, on, count }: PublicationSketch): JsonObject {
  const effect = (field: PublicationSketch['depth'] | PublicationSketch['stage']): JsonValue =>
    field === undefined ? 'any' : field.kind === 'set' ? field.value : field.kind;
  return {
    event,
    bus: 'bus',
    depth: effect(depth),
    stage: effect(stage),
    count: count ?? 1,
    ...(on ? { after: [...on] } : {}),
  };
}

function block(value: JsonValue, indent: string, style: TemplateStyle, draws: Draws): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return value
      .map((item) => `${indent}- ${block(item, `${indent}  `, style, draws).trimStart()}`)
      .join('\n');
  }
  if (!isObject(value)) return scalar(value, draws);
  return Object.entries(value)
    .map(
      ([key, item]) =>
        `${remark(indent, draws)}${indent}${key}:${valueText(key, item, indent, style, draws)}`,
    )
    .join('\n');
}

function valueText(key: string, item: JsonValue, indent: string, style: TemplateStyle, draws: Draws): string {
  if (isObject(item) && typeof item['Ref'] === 'string') return ` !Ref ${item['Ref']}`;
  if (isObject(item) && Array.isArray(item['Fn::GetAtt'])) return ` !GetAtt ${item['Fn::GetAtt'].join('.')}`;
  const note = draws.once(4) ? ' # why so' : '';
  if (typeof item !== 'object' || item === null) return ` ${scalar(item, draws)}${note}`;
  const anchor = draws.once(6) ? ` &${key.replace(/\W/g, '')}${draws.below(1000)}` : '';
  const list = Array.isArray(item);
  const inFlow =
    style === 'flow'
      ? key === 'EventPattern' || list
      : list && (style === 'block' || (style === 'mixed' && draws.once(2)));
  const simple =
    !list ||
    item.every(
      (each) =>
        !isObject(each) || Object.values(each).every((v) => typeof v !== 'object' || Array.isArray(v)),
    );
  const inPattern = key !== 'Targets' && key !== 'publishes';
  if ((inFlow && simple && inPattern) || Object.keys(item).length === 0)
    return `${anchor} ${flow(item, draws)}${note}`;
  return `${anchor}${note}\n${block(item, list && draws.once(2) ? indent : `${indent}  `, style, draws)}`;
}

function flow(value: JsonValue, draws: Draws): string {
  if (Array.isArray(value))
    return `[${value.map((item) => flow(item, draws)).join(draws.pick([', ', ',']))}]`;
  if (!isObject(value)) return scalar(value, draws);
  const space = draws.pick(['', ' ']);
  return `{${space}${Object.entries(value)
    .map(([key, item]) => `${key}: ${flow(item, draws)}`)
    .join(', ')}${space}}`;
}

function scalar(value: JsonValue, draws: Draws): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  const plain = /^[A-Za-z][\w.-]*$/.test(value);
  return draws.pick(
    plain ? [value, JSON.stringify(value), `'${value}'`] : [JSON.stringify(value), `'${value}'`],
  );
}

function remark(indent: string, draws: Draws): string {
  return draws.once(5) ? `${indent}# ${draws.pick(['kept', 'do not touch: "x"', "it's so"])}\n` : '';
}
