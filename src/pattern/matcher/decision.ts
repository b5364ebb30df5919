import { type Alternative, type Holder, NONE } from './alternative.ts';
import type { Condition } from './condition.ts';
import type { Event } from './event.ts';
import { Group } from './group.ts';

/** Alternatives with conditions left that a node keeps; each costs a few far looks into memory. */
const FEW = 2;

/** Groups of one node beyond which they are found by the slots of their fields. */
const MANY = 16;

type Groups<R> = Group<R, DecisionNode<R>>[];

/**
 * Alternatives by their conditions, the rarest first. The conditions on the way down from the root are met; so of
 * 100,000 rules only those are looked at whose rarest condition the event meets, and of these, if there are many
 * left, only those with the next one.
 */
export class DecisionNode<R> implements Holder {
  private readonly parent: DecisionNode<R> | undefined;
  private readonly condition: Condition | undefined;
  /** Alternatives without further conditions, and others as long as they are few. */
  private here: Alternative<R>[] = NONE;
  /** What stands below. Short lists, since most nodes have few groups and every look into memory counts. */
  private groups: Groups<R> | undefined;
  /** The same by the slots of the fields asked about, if there are many. */
  private bySlot: Map<number, Group<R, DecisionNode<R>>> | undefined;
  /** Groups whose conditions a field without values may meet. */
  private absences: Groups<R> | undefined;

  constructor(parent?: DecisionNode<R>, condition?: Condition) {
    this.parent = parent;
    this.condition = condition;
  }

  add(alternative: Alternative<R>): void {
    let node: DecisionNode<R> = this;
    let rest = node.restOf(alternative);
    while (rest.length > 0 && node.divided) {
      node = node.below(rarest(rest));
      rest = node.restOf(alternative);
    }
    if (node.here === NONE) node.here = [];
    alternative.putInto(node, node.here, rest);
    if (rest.length > 0 && node.here.length > FEW) node.divide();
  }

  /** Cuts off a node with nothing in it, and those above that held only it. */
  prune(): void {
    let node: DecisionNode<R> = this;
    while (node.parent && node.here.length === 0 && !node.divided) {
      const { parent, condition } = node;
      parent.cut(condition!);
      node = parent;
    }
  }

  private cut(condition: Condition): void {
    const group = this.groupOf(condition)!;
    group.level(condition).delete(condition);
    if (!group.empty) return;
    const groups = (condition.absence ? this.absences : this.groups)!;
    groups.splice(groups.indexOf(group), 1);
    if (!condition.absence) this.bySlot?.delete(condition.field.slot);
    if (this.groups?.length === 0) this.groups = undefined;
    if (this.absences?.length === 0) this.absences = undefined;
  }

  private get divided(): boolean {
    return this.groups !== undefined || this.absences !== undefined;
  }

  private restOf({ conditions }: Alternative<R>): Condition[] {
    return conditions.filter((condition) => !this.asked(condition));
  }

  private asked(condition: Condition): boolean {
    for (let node: DecisionNode<R> | undefined = this; node; node = node.parent)
      if (node.condition === condition) return true;
    return false;
  }

  /** Moves alternatives one level down, if more than a few have conditions left. */
  private divide(): void {
    const open = this.here.filter(({ rest }) => rest.length > 0);
    if (open.length <= FEW) return;
    for (const alternative of open) {
      alternative.takeOut();
      this.below(rarest(alternative.rest)).add(alternative);
    }
  }

  private below(condition: Condition): DecisionNode<R> {
    const nodes = (this.groupOf(condition) ?? this.addGroup(condition)).level(condition);
    let node = nodes.get(condition);
    if (!node) {
      node = new DecisionNode(this, condition);
      nodes.set(condition, node);
    }
    return node;
  }

  private groupOf({ field, absence }: Condition): Group<R, DecisionNode<R>> | undefined {
    if (!absence && this.bySlot) return this.bySlot.get(field.slot);
    return (absence ? this.absences : this.groups)?.find((group) => group.field === field);
  }

  private addGroup({ field, absence }: Condition): Group<R, DecisionNode<R>> {
    const group = new Group<R, DecisionNode<R>>(field);
    if (absence) {
      this.absences ??= [];
      this.absences.push(group);
      return group;
    }
    this.groups ??= [];
    this.groups.push(group);
    if (this.bySlot) this.bySlot.set(field.slot, group);
    else if (this.groups.length > MANY)
      this.bySlot = new Map(this.groups.map((each) => [each.field.slot, each]));
    return group;
  }

  /** Tells the rule of every alternative that the event meets; a rule with several perhaps more than once. */
  match(event: Event, found: (rule: R) => void): void {
    const { here, groups, bySlot, absences } = this;
    for (let i = 0; i < here.length; i++) {
      const alternative = here[i]!;
      if (alternative.meets(event)) found(alternative.rule);
    }
    if (groups) {
      if (bySlot) matchPresent(bySlot, event, found);
      else for (let i = 0; i < groups.length; i++) groups[i]!.match(event, found);
    }
    if (absences) for (const group of absences) group.match(event, found);
  }
}

/** Only fields with values can meet these conditions. */
function matchPresent<R>(
  bySlot: ReadonlyMap<number, Group<R, DecisionNode<R>>>,
  event: Event,
  found: (rule: R) => void,
): void {
  const { slots } = event.leaves;
  for (let i = 0; i < slots.length; i++) bySlot.get(slots[i]!)?.match(event, found);
}

/** The condition that is least likely to be met. */
function rarest(conditions: readonly Condition[]): Condition {
  return conditions.reduce((best, next) => (next.likelihood < best.likelihood ? next : best));
}
