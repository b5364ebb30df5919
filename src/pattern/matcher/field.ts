import { printChoice } from '../canonical.ts';
import type { Condition as ParsedCondition } from '../pattern.ts';
import { type Branch, branchesOf } from './branches.ts';
import { Condition, type ConditionField, MET, PERHAPS, UNMET } from './condition.ts';
import { EXACT } from './entry.ts';
import type { Event } from './event.ts';
import { FieldIndex } from './field-index.ts';
import { NOWHERE } from './positions.ts';
import type { Wanted } from './wanted.ts';

/** One path that some pattern asks about: its conditions, and what is known of it in the event being matched. */
export class Field implements ConditionField {
  readonly path: string;
  readonly slot: number;
  private readonly wanted: Wanted;
  private readonly index = new FieldIndex();
  private readonly conditions = new Map<string, Condition>();
  /** Numbers of the events that what follows is about. */
  private exactStamp = 0;
  private hitStamp = 0;
  private branchStamp = 0;
  private positionStamp = 0;
  private readonly exact: number[] = [];
  private readonly hitIds: number[] = [];
  private branch: Branch | undefined;
  private positioned = false;

  constructor(path: string, slot: number, wanted: Wanted) {
    this.path = path;
    this.slot = slot;
    this.wanted = wanted;
    wanted.slot = slot;
  }

  /** How many different exact values the conditions ask for. */
  get distinct(): number {
    return this.index.distinct;
  }

  /** Whether no pattern asks about the path any more; then nothing reads it any more either. */
  get unused(): boolean {
    return this.conditions.size === 0;
  }

  /** The one condition with these choices, counting one use more; `newId` numbers a condition that is new. */
  use(parsed: ParsedCondition, newId: () => number): Condition {
    const key = parsed.choices.map(printChoice).join();
    let condition = this.conditions.get(key);
    if (!condition) {
      condition = new Condition(newId(), this, key, parsed);
      this.conditions.set(key, condition);
      this.index.add(condition);
    }
    condition.uses++;
    return condition;
  }

  /** Counts one use less; true if that was the last one and the condition is gone. */
  release(condition: Condition): boolean {
    if (--condition.uses > 0) return false;
    this.conditions.delete(condition.key);
    this.index.delete(condition);
    if (this.unused) this.wanted.forget();
    return true;
  }

  /** Whether the event meets a condition, looked at once for each event. Costs a test for each value. */
  state(condition: Condition, event: Event): Condition['state'] {
    if (condition.access === EXACT && this.exactStamp === event.number) {
      return event.marked(condition.id) ? MET : UNMET;
    }
    if (condition.stamp !== event.number) {
      condition.stamp = event.number;
      condition.state = this.test(condition, event);
    }
    return condition.state;
  }

  private test(condition: Condition, event: Event): Condition['state'] {
    const first = event.leaves.first(this.slot);
    if (!first) return condition.absence ? MET : UNMET;
    for (let leaf: typeof first | undefined = first; leaf; leaf = leaf.next) {
      event.spend(leaf, condition.tests);
      if (condition.accepts(leaf)) return MET;
    }
    return condition.absence && this.hasPositions(event) ? PERHAPS : UNMET;
  }

  /**
   * The numbers of conditions that have a bucket for a value of the event; they are marked in the event. Those of
   * exact values only are met, and no others of them are.
   */
  exactHits(event: Event): readonly number[] {
    if (this.exactStamp === event.number) return this.exact;
    this.exactStamp = event.number;
    this.exact.length = 0;
    const found = (ids: readonly number[]) => event.mark(ids, this.exact);
    for (let leaf = event.leaves.first(this.slot); leaf; leaf = leaf.next) {
      event.spend(leaf);
      this.index.findExact(leaf, found);
    }
    return this.exact;
  }

  /** The numbers of conditions that any index has for a value of the event, marked: it may meet these. */
  hits(event: Event): readonly number[] {
    if (this.hitStamp === event.number) return this.hitIds;
    this.hitStamp = event.number;
    this.hitIds.length = 0;
    for (const id of this.exactHits(event)) this.hitIds.push(id);
    const found = (ids: readonly number[]) => event.mark(ids, this.hitIds);
    for (let leaf = event.leaves.first(this.slot); leaf; leaf = leaf.next) {
      event.spend(leaf);
      this.index.findOthers(leaf, found);
    }
    return this.hitIds;
  }

  /** Whether a value of the path stands in an element of an array. */
  hasPositions(event: Event): boolean {
    if (this.positionStamp === event.number) return this.positioned;
    this.positionStamp = event.number;
    this.positioned = false;
    for (let leaf = event.leaves.first(this.slot); leaf && !this.positioned; leaf = leaf.next) {
      this.positioned = leaf.position !== NOWHERE;
    }
    return this.positioned;
  }

  /** The values of the path by the elements they stand in. */
  branches(event: Event): Branch {
    if (this.branchStamp !== event.number || !this.branch) {
      this.branchStamp = event.number;
      this.branch = branchesOf(event.leaves.first(this.slot), event.leaves.positions);
    }
    return this.branch;
  }
}
