import { type Condition, UNMET } from './condition.ts';
import { consistent } from './consistency.ts';
import type { Event } from './event.ts';
import { Group } from './group.ts';

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
  private groups: Group<R, DecisionNode<R>>[] | undefined;

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
      group = new Group<R, DecisionNode<R>>(condition.field);
      this.groups.push(group);
    }
    const nodes = group.level(condition);
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
      group.level(condition!).delete(condition!);
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
    if (this.groups) for (const group of this.groups) group.match(event, found);
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
