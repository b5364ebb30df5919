import type { Span } from '../../json/document.ts';
import type { Component } from '../../model/component.ts';
import type { Contract } from '../../model/contract.ts';
import type { Topology } from '../../model/topology.ts';
import { type Inventory, propertyText } from '../../publish/inventory.ts';
import type { CheckContext } from '../check.ts';

/** What takes events only up to some size. */
export interface SizeLimit {
  readonly name: string;
  readonly bytes: number;
  /** Whose limit it is, in words. */
  readonly what: string;
  /** The target that delivers to it. */
  readonly span?: Span;
}

const KIB = 1024;

/** What the service writes round `detail`: identifiers, names and times, rounded up. `resources` are left out. */
export const ENVELOPE = 512;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevents.html */
export const BUS_LIMIT: SizeLimit = {
  name: 'the bus',
  bytes: KIB * KIB,
  what: 'PutEvents takes 1,048,576 bytes in one request',
};

/** For each contract the smallest limit among the targets that may get an event of it as it is. */
export function smallestLimits({
  rules,
  known,
  topology,
  inventory,
}: CheckContext): ReadonlyMap<Contract, SizeLimit> {
  const smallest = new Map<Contract, SizeLimit>();
  for (const rule of rules) {
    const limits = rule.targets.flatMap((target) => {
      const component = target.shaping.kind === 'event' ? componentOf(target.to, topology) : undefined;
      const limit = component && limitOf(component, inventory);
      return limit ? [{ ...limit, span: target.span }] : [];
    });
    if (limits.length === 0) continue;
    const least = limits.reduce((a, b) => (b.bytes < a.bytes ? b : a));
    for (const { contract } of known.takenBy(rule)) {
      if (contract && least.bytes < (smallest.get(contract)?.bytes ?? Number.POSITIVE_INFINITY))
        smallest.set(contract, least);
    }
  }
  return smallest;
}

function componentOf(
  to: { readonly kind: string; readonly component?: string },
  topology: Topology,
): Component | undefined {
  return to.component === undefined ? undefined : topology.componentById.get(to.component);
}

/** What a component takes as one message: SNS, Step Functions and old queues take less than a bus. */
function limitOf({ id, kind, name }: Component, inventory: Inventory): SizeLimit | undefined {
  if (kind === 'topic') return { name, bytes: 256 * KIB, what: 'SNS takes 262,144 bytes in one message' };
  if (kind === 'state-machine')
    return { name, bytes: 256 * KIB, what: 'Step Functions takes 262,144 bytes of input' };
  if (kind === 'function')
    return { name, bytes: KIB * KIB, what: 'Lambda takes 1,048,576 bytes in an asynchronous invocation' };
  if (kind !== 'queue') return undefined;
  const queue = inventory.withId(id);
  const set = queue && Number(propertyText(queue, 'MaximumMessageSize'));
  const bytes = set && Number.isInteger(set) && set > 0 ? set : KIB * KIB;
  return { name, bytes, what: `the queue takes ${bytes} bytes in one message (MaximumMessageSize)` };
}
