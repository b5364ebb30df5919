import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import { deliveriesOf } from '../../graph/deliveries.ts';
import type { Component } from '../../model/component.ts';
import { printEventType } from '../../model/event-type.ts';
import type { Check, CheckContext } from '../check.ts';
import { conditionOn, type PatternRule } from '../common/rules.ts';
import { conditionSpan, listed } from '../common/words.ts';

/**
 * Rules that take any source, or any with a prefix, and with them what their own consumers publish. Where that closes
 * a loop that is told already, or where only a role says what is published, nothing is added.
 */
export const catchAll: Check = (context) => {
  const told = new Set(
    context.analysis.groups.flatMap(({ loops }) =>
      loops
        .filter(({ verdict }) => verdict.kind === 'endless' || verdict.kind === 'possible')
        .flatMap(({ hops }) => hops.map(({ route }) => route.id)),
    ),
  );
  return context.rules
    .filter((rule) => !told.has(rule.id) && isLoose(rule))
    .flatMap((rule) => takesOwn(rule, context));
};

/** It asks for nothing but sources, and for those by what they begin with or are not. */
function isLoose({ filter }: PatternRule): boolean {
  return filter.pattern.alternatives.some(({ conditions }) => {
    const source = conditions.find(({ path }) => path === 'source');
    const narrow = conditions.some(({ path }) => path === 'detail-type' || path.startsWith('detail.'));
    return (
      !narrow && (!source || source.choices.some(({ kind }) => kind === 'prefix' || kind === 'anything-but'))
    );
  });
}

function takesOwn(rule: PatternRule, { topology, known, config }: CheckContext): Diagnostic[] {
  if (config.loops.some(({ rules }) => rules.includes(rule.name))) return [];
  const consumers = new Map<string, Component>();
  for (const { component } of deliveriesOf(rule, topology))
    if (component) consumers.set(component.id, component);
  const events = new Map<Component, string[]>();
  for (const { type, emissions } of known.takenBy(rule)) {
    for (const { component, bus, evidence, entry } of emissions) {
      const consumer = consumers.get(component);
      if (
        !consumer ||
        entry ||
        bus !== rule.from.bus ||
        evidence.kind === 'iam' ||
        evidence.kind === 'unknown'
      )
        continue;
      events.set(consumer, [...(events.get(consumer) ?? []), printEventType(type)]);
    }
  }
  const source = conditionOn(rule, 'source');
  return [...events].map(([consumer, types]) =>
    finding(
      'rule/catch-all',
      { rule: rule.name, consumer: consumer.name, events: listed(types) },
      {
        span: source ? conditionSpan(source) : rule.filter.span,
        label: 'takes them all',
        identity: `${rule.name} ${consumer.name}`,
        fix: {
          text: `list the sources, without ${listed(types.map((each) => each.slice(0, each.lastIndexOf('@'))))}`,
        },
      },
    ),
  );
}
