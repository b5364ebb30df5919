import { type Condition, UNMET } from './condition.ts';
import { consistent } from './consistency.ts';
import type { Event } from './event.ts';

/** No alternatives, shared by all that have none. */
export const NONE: never[] = [];

/** What holds alternatives in a list. */
export interface Holder {
  /** Called when one was removed. */
  prune(): void;
}

/** One way to match a rule, and its place in the tree of decisions. */
export class Alternative<R> {
  readonly rule: R;
  /** In the order of their paths. */
  readonly conditions: readonly Condition[];
  /** The conditions that are not on the way to its place. */
  rest: readonly Condition[] = NONE;
  private holder: Holder | undefined;
  private list: Alternative<R>[] = NONE;
  private at = 0;

  constructor(rule: R, conditions: readonly Condition[]) {
    this.rule = rule;
    this.conditions = conditions;
  }

  putInto(holder: Holder, list: Alternative<R>[], rest: readonly Condition[]): void {
    this.holder = holder;
    this.list = list;
    this.at = list.push(this) - 1;
    this.rest = rest;
  }

  /** The last of the list takes its place there. */
  takeOut(): void {
    const last = this.list.pop()!;
    if (last === this) return;
    this.list[this.at] = last;
    last.at = this.at;
  }

  /** Takes it out for good. */
  remove(): void {
    this.takeOut();
    this.holder?.prune();
  }

  /** Whether the event meets it, when it meets the conditions on the way. */
  meets(event: Event): boolean {
    const { rest } = this;
    event.step();
    for (let i = 0; i < rest.length; i++) {
      const condition = rest[i]!;
      if (condition.field.state(condition, event) === UNMET) return false;
    }
    // Without arrays around the values, conditions that are each met are met together.
    return event.flat || consistent(this.conditions, event);
  }
}
