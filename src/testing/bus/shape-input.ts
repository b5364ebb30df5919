import { isObject, type JsonObject, type JsonValue, own } from '../../json/value.ts';
import type { InputShaping } from '../../model/route.ts';

/** What a transformer may name beside the event's own parts. */
export interface RuleFacts {
  readonly name: string;
  readonly arn: string;
  /** When the bus got the event, ISO 8601. */
  readonly ingestedAt: string;
}

/**
 * What a target is given in place of the event: itself, a constant, a part of it, or what a transformer makes of it.
 * Text that is no JSON is handed over as a string.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function shapeInput(shaping: InputShaping, event: JsonObject, rule: RuleFacts): JsonValue {
  switch (shaping.kind) {
    case 'event':
      return event;
    case 'constant':
      return readJson(shaping.text);
    case 'path':
      return valueAt(event, shaping.path) ?? {};
    case 'transformer':
      return readJson(fillTemplate(shaping.template, shaping.paths, event, rule));
  }
}

function readJson(text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return text;
  }
}

/**
 * Variables inside the quotes of a JSON string are put in as text, elsewhere as JSON; those whose path finds nothing
 * are empty.
 */
function fillTemplate(
  template: string,
  paths: Readonly<Record<string, string>>,
  event: JsonObject,
  rule: RuleFacts,
): string {
  let quoted = false;
  return template.replace(/\\.|"|<([^<>\s]+)>/gs, (part, name: string | undefined) => {
    if (part === '"') quoted = !quoted;
    if (name === undefined) return part;
    const value = variable(name, paths, event, rule);
    if (value === 'no variable') return part;
    if (value === undefined) return quoted ? '' : '""';
    if (!quoted) return JSON.stringify(value);
    return JSON.stringify(typeof value === 'string' ? value : JSON.stringify(value)).slice(1, -1);
  });
}

function variable(
  name: string,
  paths: Readonly<Record<string, string>>,
  event: JsonObject,
  { name: rule, arn, ingestedAt }: RuleFacts,
): JsonValue | undefined | 'no variable' {
  if (Object.hasOwn(paths, name)) return valueAt(event, paths[name]!);
  const { detail: _detail, ...envelope } = event;
  switch (name) {
    case 'aws.events.rule-name':
      return rule;
    case 'aws.events.rule-arn':
      return arn;
    case 'aws.events.event.ingestion-time':
      return ingestedAt;
    case 'aws.events.event':
      return envelope;
    case 'aws.events.event.json':
      return event;
    default:
      return 'no variable';
  }
}

/** The part of JSONPath that EventBridge has: names with dots or in brackets, indexes, `*`. */
export function valueAt(event: JsonValue, path: string): JsonValue | undefined {
  const steps = Array.from(
    path.replace(/^\$/, '').matchAll(/\.([^.[\]]+)|\[(\d+|\*)\]|\[(?:'([^']*)'|"([^"]*)")\]/g),
    ([, name, index, single, double]) => name ?? index ?? single ?? double ?? '',
  );
  return follow(event, steps);
}

function follow(value: JsonValue, [step, ...rest]: readonly string[]): JsonValue | undefined {
  if (step === undefined) return value;
  if (Array.isArray(value)) {
    if (step === '*') return value.flatMap((item) => follow(item, rest) ?? []);
    const item = value[Number(step)];
    return item === undefined ? undefined : follow(item, rest);
  }
  const member = isObject(value) ? own(value, step) : undefined;
  return member === undefined ? undefined : follow(member, rest);
}
