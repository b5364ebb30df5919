import { hasHole, mayEqual, printHoles } from '../../json/holes.ts';
import { equalJson, type JsonValue } from '../../json/value.ts';
import { arnKey, samePlace } from '../../load/addresses.ts';
import { parseArn } from '../../load/cloudformation/arn.ts';
import type { Component } from '../../model/component.ts';
import type { InputShaping, Route, Target } from '../../model/route.ts';
import type { Counterparts } from './counterparts.ts';

/** What is not the same about the targets of a rule; ARNs as they are declared, printed. */
export type TargetDrift =
  | { readonly kind: 'missing-target' | 'extra-target'; readonly target: Target; readonly arn: string }
  | {
      readonly kind: 'elsewhere' | 'input' | 'retry' | 'dead-letter';
      readonly target: Target;
      readonly declared: string;
      readonly deployed: string;
    };

/** Targets by their ids, and those without a counterpart by where they lead. What is not known is not told apart. */
export function compareTargets(
  declared: Route,
  deployed: Route,
  counterparts: Counterparts,
  components: ReadonlyMap<string, Component>,
): TargetDrift[] {
  const open = new Set(deployed.targets);
  const found: TargetDrift[] = [];
  const alone: Target[] = [];
  const compare = (one: Target, other: Target): void => {
    open.delete(other);
    found.push(...differences(one, other, counterparts, components));
  };
  for (const one of declared.targets) {
    const other = [...open].find(({ id }) => id === counterparts.fill(one.id));
    if (other) compare(one, other);
    else alone.push(one);
  }
  for (const one of alone) {
    const other = [...open].find((each) => leadsTo(one, each, counterparts, components) !== 'no');
    if (other) compare(one, other);
    else found.push({ kind: 'missing-target', target: one, arn: printHoles(counterparts.fill(one.arn)) });
  }
  for (const target of open) {
    // What could not be looked at may be any of the declared ones.
    if (!hasHole(target.arn)) found.push({ kind: 'extra-target', target, arn: target.arn });
  }
  return found;
}

function differences(
  one: Target,
  other: Target,
  counterparts: Counterparts,
  components: ReadonlyMap<string, Component>,
): TargetDrift[] {
  const fill = (text: string) => counterparts.fill(text);
  const found: TargetDrift[] = [];
  if (leadsTo(one, other, counterparts, components) === 'no')
    found.push({
      kind: 'elsewhere',
      target: other,
      declared: printHoles(fill(one.arn)),
      deployed: other.arn,
    });
  const [input, given] = [shapingText(one.shaping, fill), shapingText(other.shaping, (text) => text)];
  if (sameText(input, given) === 'no')
    found.push({ kind: 'input', target: other, declared: printHoles(input), deployed: given });
  const [retries, tries] = [retryText(one), retryText(other)];
  if (retries !== tries) found.push({ kind: 'retry', target: other, declared: retries, deployed: tries });
  const [queue, dead] = [fill(one.deadLetterArn ?? ''), other.deadLetterArn ?? ''];
  if (sameArn(queue, dead) === 'no')
    found.push({
      kind: 'dead-letter',
      target: other,
      declared: printHoles(queue) || 'none',
      deployed: dead || 'none',
    });
  return found;
}

/** Whether two targets lead to one place. */
function leadsTo(
  one: Target,
  other: Target,
  counterparts: Counterparts,
  components: ReadonlyMap<string, Component>,
): 'yes' | 'no' | 'unknown' {
  if (one.to.kind === 'component' && other.to.kind === 'component') {
    const deployed = counterparts.deployedOf(one.to.component);
    if (deployed !== undefined) return deployed === other.to.component ? 'yes' : 'no';
    // What receives the event may be what runs on the target: compared is what it is, not where it runs.
    const address = components.get(one.to.component)?.addresses[0];
    if (address !== undefined && address !== one.arn)
      return sameArn(counterparts.fill(address), other.to.component);
  }
  return sameArn(counterparts.fill(one.arn), other.arn);
}

function sameArn(one: string, other: string): 'yes' | 'no' | 'unknown' {
  if (one === other) return 'yes';
  if (hasHole(one) || hasHole(other)) return mayEqual(one, other) === 'no' ? 'no' : 'unknown';
  const same = arnKey(one) !== undefined && arnKey(one) === arnKey(other);
  return same && samePlace(parseArn(one), parseArn(other)) ? 'yes' : 'no';
}

/** What the target is given, in words that are equal where it is. */
function shapingText(shaping: InputShaping, fill: (text: string) => string): string {
  switch (shaping.kind) {
    case 'event':
      return 'the event';
    case 'path':
      return shaping.path === '$' ? 'the event' : `the path ${shaping.path}`;
    case 'constant':
      return `the constant ${fill(shaping.text)}`;
    default: {
      const paths = Object.entries(shaping.paths).sort(([a], [b]) => (a < b ? -1 : 1));
      const named = paths.map(([name, path]) => `${name} = ${path}`).join(', ');
      return `${fill(shaping.template).trim()} with ${named || 'no paths'}`;
    }
  }
}

function sameText(one: string, other: string): 'yes' | 'no' | 'unknown' {
  const [a, b] = [constantOf(one), constantOf(other)];
  if (a !== undefined && b !== undefined && equalJson(a, b)) return 'yes';
  return mayEqual(one, other);
}

function constantOf(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text.replace(/^the constant /, '')) as JsonValue;
  } catch {
    return undefined;
  }
}

/** Without a policy of its own a rule tries for 24 hours, up to 185 times (UG eb-rule-retry-policy). */
function retryText({ retry }: Target): string {
  return `${retry?.maxAttempts ?? 185} times within ${retry?.maxAgeSeconds ?? 86_400} seconds`;
}
