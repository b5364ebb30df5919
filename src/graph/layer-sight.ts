import type { Filter, Route, RouteId } from '../model/route.ts';
import { pathsOf, restrictPattern } from '../pattern/restrict.ts';
import { depthPath, type GraphSettings, stagePath } from './settings.ts';
import { anything, EventState } from './state.ts';

/** Which guards a question takes into account: all of them, or one layer alone. */
export type Aspect = 'all' | 'source' | 'stage' | 'depth' | 'content';

/** A layer by itself. */
export type Alone = Exclude<Aspect, 'all'>;

/** What single layers see of events and of what rules ask for: the others are as if nothing were known. */
export class LayerSight {
  private readonly settings: GraphSettings;
  private readonly filters = new Map<string, Filter>();
  private readonly asked = new WeakMap<Route, ReadonlySet<Aspect>>();
  /** Rules with what they ask of the content alone. */
  private readonly narrowedById = new Map<RouteId, Route>();
  private readonly narrowed = new Set<Route>();
  /** What each layer sees of a state. */
  private readonly seen = {
    source: new WeakMap<EventState, EventState>(),
    stage: new WeakMap<EventState, EventState>(),
    depth: new WeakMap<EventState, EventState>(),
    content: new WeakMap<EventState, EventState>(),
  };

  constructor(settings: GraphSettings) {
    this.settings = settings;
  }

  /** What one layer sees of an event: the others are as if nothing were known. */
  seenBy(aspect: Aspect, state: EventState): EventState {
    if (aspect === 'all') return state;
    const known = this.seen[aspect].get(state);
    if (known) return known;
    const fields = state.fields.map((field, i) =>
      aspect === (i === 0 ? 'stage' : 'content') ? field : anything,
    );
    const depth = aspect === 'depth' ? state.depth : anything;
    const passed = this.passedAs(aspect, state.passed);
    const seen = new EventState({ ...state, fields, depth, passed });
    this.seen[aspect].set(state, seen);
    return seen;
  }

  /** The rules that took it before, with what they asked for in this layer; nothing of the others is left open. */
  private passedAs(aspect: Aspect, passed: readonly Route[]): readonly Route[] {
    if (aspect !== 'content' || passed.length === 0) return [];
    const asked = passed.flatMap((route): Route[] => {
      if (this.narrowed.has(route)) return [route];
      const filter = this.filterOf(route, aspect);
      if (filter.kind !== 'pattern' || pathsOf(filter.pattern).size === 0) return [];
      const narrowed = this.narrowedById.get(route.id) ?? { ...route, id: `${route.id}|${aspect}`, filter };
      this.narrowedById.set(route.id, narrowed);
      this.narrowed.add(narrowed);
      return [narrowed];
    });
    return [...new Set(asked)];
  }

  /** Whether a route's pattern has no conditions in a layer: most have none in most. */
  asksNothing(route: Route, aspect: Aspect): boolean {
    const { filter } = route;
    if (aspect === 'all' || filter.kind !== 'pattern') return false;
    const asked =
      this.asked.get(route) ?? new Set([...pathsOf(filter.pattern)].map((path) => this.aspectOf(path)));
    this.asked.set(route, asked);
    return !asked.has(aspect);
  }

  /** What of a route's filter belongs to a layer. */
  filterOf(route: Route, aspect: Aspect): Filter {
    if (aspect === 'all' || route.filter.kind !== 'pattern') return route.filter;
    const key = `${route.id}|${aspect}`;
    const known = this.filters.get(key);
    if (known) return known;
    const pattern = restrictPattern(route.filter.pattern, (path) => this.aspectOf(path) === aspect);
    const filter: Filter = { ...route.filter, pattern };
    this.filters.set(key, filter);
    return filter;
  }

  /** The layer a condition on this path belongs to. */
  private aspectOf(path: string): Aspect {
    if (path === 'source' || path === 'detail-type') return 'source';
    if (path === stagePath(this.settings)) return 'stage';
    return path === depthPath(this.settings) ? 'depth' : 'content';
  }
}
