import { type Condition, UNMET } from './condition.ts';
import { consistent } from './consistency.ts';
import { EXACT, INDEXED } from './entry.ts';
import type { Event } from './event.ts';
import type { Field } from './field.ts';

/** Alternatives a node keeps undivided; testing so few costs less than another level. */
const FEW = 8;

/** One way to match a rule: all the conditions, in the order of their paths. */
export class Alternative<R> {
  readonly rule: R;
  readonly conditions: readonly Condition[];
  /** Where it stands in the tree. */
  list: Alternative<R>[] = [];
  at = 0;
  node: DecisionNode<R> | undefined;

  constructor(rule: R, conditions: readonly Condition[]) {
    this.rule = rule;
    this.conditions = conditions;
  }
}

/** The nodes one level down that ask a condition on the same field, by how that condition is found. */
class Group<R> {
  readonly field: Field;
  readonly exact = new Map<Condition, DecisionNode<R>>();
  readonly indexed = new Map<Condition, DecisionNode<R>>();
  readonly tested = new Map<Condition, DecisionNode<R>>();

  constructor(field: Field) {
    this.field = field;
  }

  of({ access }: Condition): Map<Condition, DecisionNode<R>> {
    if (access === EXACT) return this.exact;
    return access === INDEXED ? this.indexed : this.tested;
  }

  get empty(): boolean {
    return this.exact.size + this.indexed.size + this.tested.size === 0;
  }
}

/**
 * Alternatives by their conditions, the rarest first. The conditions on the way down from the root are met; so of
 * 100,000 rules only those are looked at whose rarest condition the event meets, and of these, if there are many
 * left, only those with the next one.
 */
export class DecisionNode<R> {
  private readonly parent: DecisionNode<R> | undefined;
  private readonly condition: Condition | undefined;
  /** Alternatives with no condition beside those on the way. */
  private readonly done: Alternative<R>[] = [];
  /** Alternatives that still have conditions, up to {@link FEW}; beyond that they stand one level down. */
  private readonly few: Alternative<R>[] = [];
  private groups: Group<R>[] | undefined;

  constructor(parent?: DecisionNode<R>, condition?: Condition) {
    this.parent = parent;
    this.condition = condition;
  }

  add(alternative: Alternative<R>): void {
    let node: DecisionNode<R> = this;
    for (;;) {
      const next = node.rarest(alternative);
      if (!next) {
        place(alternative, node, node.done);
        return;
      }
      if (!node.groups) {
        place(alternative, node, node.few);
        if (node.few.length > FEW) node.divide();
        return;
      }
      node = node.below(next);
    }
  }

  private divide(): void {
    this.groups = [];
    for (const alternative of this.few.splice(0)) this.below(this.rarest(alternative)!).add(alternative);
  }

  private below(condition: Condition): DecisionNode<R> {
    this.groups ??= [];
    let group = this.groups.find(({ field }) => field === condition.field);
    if (!group) {
      group = new Group(condition.field);
      this.groups.push(group);
    }
    const nodes = group.of(condition);
    let node = nodes.get(condition);
    if (!node) {
      node = new DecisionNode(this, condition);
      nodes.set(condition, node);
    }
    return node;
  }

  /** The condition least likely to be met among those that are not on the way to this node. */
  private rarest({ conditions }: Alternative<R>): Condition | undefined {
    let best: Condition | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const condition of conditions) {
      const { likelihood } = condition;
      if (likelihood >= least || this.asked(condition)) continue;
      best = condition;
      least = likelihood;
    }
    return best;
  }

  private asked(condition: Condition): boolean {
    for (let node: DecisionNode<R> | undefined = this; node; node = node.parent)
      if (node.condition === condition) return true;
    return false;
  }

  /** Cuts off a node with nothing in it, and those above that held only it. */
  private prune(): void {
    let node: DecisionNode<R> = this;
    while (node.parent && node.done.length + node.few.length === 0 && !node.groups?.length) {
      const { parent, condition } = node;
      const groups = parent.groups!;
      const group = groups.find(({ field }) => field === condition!.field)!;
      group.of(condition!).delete(condition!);
      if (group.empty) groups.splice(groups.indexOf(group), 1);
      node = parent;
    }
  }

  static remove<R>(alternative: Alternative<R>): void {
    const { list, at, node } = alternative;
    const last = list.pop()!;
    if (last !== alternative) {
      list[at] = last;
      last.at = at;
    }
    node!.prune();
  }

  /** Tells the rule of every alternative that the event meets; a rule with several perhaps more than once. */
  match(event: Event, found: (rule: R) => void): void {
    for (const { rule, conditions } of this.done) if (agree(conditions, event)) found(rule);
    for (const { rule, conditions } of this.few)
      if (allMet(conditions, event) && agree(conditions, event)) found(rule);
    if (this.groups) for (const group of this.groups) matchGroup(group, event, found);
  }
}

function matchGroup<R>(
  { field, exact, indexed, tested }: Group<R>,
  event: Event,
  found: (rule: R) => void,
): void {
  if (exact.size > FEW) descend(exact, field.exactHits(event), event, found);
  else if (exact.size > 0) descendEach(exact, event, found);
  if (indexed.size > FEW) descend(indexed, field.indexedHits(event), event, found);
  else if (indexed.size > 0) descendEach(indexed, event, found);
  if (tested.size > 0) descendEach(tested, event, found);
}

function descend<R>(
  nodes: ReadonlyMap<Condition, DecisionNode<R>>,
  hits: readonly Condition[],
  event: Event,
  found: (rule: R) => void,
): void {
  if (hits.length > nodes.size) {
    descendEach(nodes, event, found);
    return;
  }
  for (const condition of hits) {
    const node = nodes.get(condition);
    if (node && condition.field.state(condition, event) !== UNMET) node.match(event, found);
  }
}

function descendEach<R>(
  nodes: ReadonlyMap<Condition, DecisionNode<R>>,
  event: Event,
  found: (rule: R) => void,
): void {
  for (const [condition, node] of nodes) {
    event.step();
    if (condition.field.state(condition, event) !== UNMET) node.match(event, found);
  }
}

function allMet(conditions: readonly Condition[], event: Event): boolean {
  event.step();
  for (let i = 0; i < conditions.length; i++) {
    const condition = conditions[i]!;
    if (condition.field.state(condition, event) === UNMET) return false;
  }
  return true;
}

/** Whether conditions that are each met are met together. Without arrays around the values they always are. */
function agree(conditions: readonly Condition[], event: Event): boolean {
  return event.flat || consistent(conditions, event);
}

function place<R>(alternative: Alternative<R>, node: DecisionNode<R>, list: Alternative<R>[]): void {
  alternative.node = node;
  alternative.list = list;
  alternative.at = list.push(alternative) - 1;
}
