import { type Condition, type ConditionField, UNMET } from './condition.ts';
import { EXACT, INDEXED } from './entry.ts';
import type { Event } from './event.ts';

/** What stands below a condition: it is asked when that is met. */
export interface Below<R> {
  match(event: Event, found: (rule: R) => void): void;
}

/** Conditions up to which testing each costs less than asking an index of the field. */
const FEW = 2;

/** Conditions beyond which the listed ones are looked up among these, instead of these among the listed. */
const MANY = 64;

/** Conditions, all of one field and found in one way, and what stands below each. */
class Level<R, N extends Below<R>> {
  private readonly conditions: Condition[] = [];
  private readonly nodes: N[] = [];
  /** The numbers of the conditions: looking through these first leaves most conditions untouched in memory. */
  private readonly ids: number[] = [];
  /** Number → index in these lists, if they are long. */
  private places: Map<number, number> | undefined;

  get size(): number {
    return this.ids.length;
  }

  get({ id }: Condition): N | undefined {
    return this.nodes[this.placeOf(id)];
  }

  private placeOf(id: number): number {
    return this.places ? (this.places.get(id) ?? -1) : this.ids.indexOf(id);
  }

  set(condition: Condition, node: N): void {
    const place = this.ids.push(condition.id) - 1;
    this.conditions.push(condition);
    this.nodes.push(node);
    if (this.places) this.places.set(condition.id, place);
    else if (this.ids.length > MANY) this.places = new Map(this.ids.map((id, index) => [id, index]));
  }

  /** The last takes the place of the one that goes. */
  delete({ id }: Condition): void {
    const place = this.placeOf(id);
    this.places?.delete(id);
    const condition = this.conditions.pop()!;
    const node = this.nodes.pop()!;
    const last = this.ids.pop()!;
    if (last === id) return;
    this.conditions[place] = condition;
    this.nodes[place] = node;
    this.ids[place] = last;
    this.places?.set(last, place);
  }

  /** Tests every condition. */
  matchEach(event: Event, found: (rule: R) => void): void {
    event.step(this.ids.length);
    for (let place = 0; place < this.ids.length; place++) this.matchAt(place, event, found);
  }

  /** Takes the conditions that an index listed, all of which are marked; tests them unless a listed one is met. */
  matchListed(listed: readonly number[], met: boolean, event: Event, found: (rule: R) => void): void {
    const { ids, places } = this;
    event.step(1 + (ids.length >> 5));
    if (!places || ids.length < listed.length) {
      for (let place = 0; place < ids.length; place++) {
        if (!event.marked(ids[place]!)) continue;
        if (met) this.nodes[place]!.match(event, found);
        else this.matchAt(place, event, found);
      }
      return;
    }
    for (let i = 0; i < listed.length; i++) {
      const place = places.get(listed[i]!);
      if (place === undefined) continue;
      if (met) this.nodes[place]!.match(event, found);
      else this.matchAt(place, event, found);
    }
  }

  private matchAt(place: number, event: Event, found: (rule: R) => void): void {
    const condition = this.conditions[place]!;
    if (condition.field.state(condition, event) !== UNMET) this.nodes[place]!.match(event, found);
  }
}

/** Conditions on one field by how they are found, and what stands below each. */
export class Group<R, N extends Below<R>> {
  readonly field: ConditionField;
  private exact: Level<R, N> | undefined;
  private indexed: Level<R, N> | undefined;
  private tested: Level<R, N> | undefined;

  constructor(field: ConditionField) {
    this.field = field;
  }

  level({ access }: Condition): Level<R, N> {
    if (access === EXACT) {
      this.exact ??= new Level();
      return this.exact;
    }
    if (access === INDEXED) {
      this.indexed ??= new Level();
      return this.indexed;
    }
    this.tested ??= new Level();
    return this.tested;
  }

  get empty(): boolean {
    return !(this.exact?.size || this.indexed?.size || this.tested?.size);
  }

  match(event: Event, found: (rule: R) => void): void {
    const { exact, indexed, tested, field } = this;
    if (exact) {
      if (exact.size > FEW) exact.matchListed(field.exactHits(event), true, event, found);
      else exact.matchEach(event, found);
    }
    if (indexed) {
      if (indexed.size > FEW) indexed.matchListed(field.hits(event), false, event, found);
      else indexed.matchEach(event, found);
    }
    if (tested) tested.matchEach(event, found);
  }
}
