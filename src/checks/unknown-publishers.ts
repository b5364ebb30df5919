import { finding } from '../diagnostic/diagnostic.ts';
import { deliveriesOf } from '../graph/deliveries.ts';
import type { Component } from '../model/component.ts';
import type { Check } from './check.ts';
import { runsCode } from './common/rules.ts';
import { placeOfDeclaration } from './declaring.ts';

/** Components that receive events and of which nothing is known to say what they publish. */
export const unknownPublishers: Check = ({ topology }) => {
  const receivers = new Map<Component, string[]>();
  for (const route of topology.routes) {
    if (route.from.kind !== 'bus' || route.filter.kind === 'nothing') continue;
    for (const { component } of deliveriesOf(route, topology)) {
      if (!component || !runsCode(component) || component.silence) continue;
      // What a role merely allows says no more than that it may be anything.
      const known = topology.emissionsOf.get(component.id) ?? [];
      if (known.some(({ evidence }) => evidence.kind !== 'iam' && evidence.kind !== 'unknown')) continue;
      receivers.set(component, [...(receivers.get(component) ?? []), route.name]);
    }
  }
  return [...receivers].map(([component, rules]) => {
    const events = `events through ${[...new Set(rules)].join(', ')}`;
    return finding(
      'publisher/unknown',
      { name: component.name, events },
      {
        identity: component.name,
        ...(component.span ? { span: component.span } : {}),
        fix: { text: `declare it ${placeOfDeclaration(component, 'publishes: []')}` },
      },
    );
  });
};
