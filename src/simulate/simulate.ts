import type { Topology } from '../model/topology.ts';
import { Agenda } from './agenda.ts';
import { type Trip, watchBreakers } from './breakers.ts';
import { Concurrency } from './concurrency.ts';
import { startEntries } from './entries.ts';
import { type ChainMembers, EventClasses } from './event-classes.ts';
import type { Plant } from './plant.ts';
import { Random } from './random.ts';
import { RateLimit } from './rate-limit.ts';
import { Receivers } from './receivers.ts';
import { Routing } from './routing.ts';
import type { Scenario } from './scenario.ts';
import { type Row, Series } from './series.ts';
import { emptyTotals, type Totals } from './totals.ts';
import { reservations } from './worker.ts';

export interface Simulation {
  readonly scenario: Scenario;
  /** How much virtual time passed, in milliseconds, and why it ended. */
  readonly end: number;
  readonly stopped: 'time' | 'quiet' | 'events' | 'cost' | 'throttles' | 'budget';
  readonly rows: readonly Row[];
  readonly totals: Totals;
  readonly trips: readonly Trip[];
  /** What had to be taken for granted, in words, sorted. */
  readonly assumptions: readonly string[];
  /** Events that a bus held or a component had not worked off when it ended. */
  readonly pending: number;
  readonly happenings: number;
}

export interface SimulateOptions {
  readonly members: ChainMembers;
  /** Happenings after which it ends whatever the scenario says; each costs a few microseconds. */
  readonly budget?: number;
}

const BUDGET = 20_000_000;

/**
 * Plays a scenario over a topology in virtual time. The same topology, scenario and seed give the same result. Concrete
 * events are matched by the reference matcher; nothing of the analysis of loops is used, so that one can be held against
 * the other.
 */
export function simulate(topology: Topology, scenario: Scenario, options: SimulateOptions): Simulation {
  const { limits, components, seed, step, length, stopAt } = scenario;
  const agenda = new Agenda();
  const totals = emptyTotals();
  const plant: Plant = {
    topology,
    scenario,
    agenda,
    random: new Random(seed),
    classes: new EventClasses(topology, options.members),
    routing: new Routing(topology),
    concurrency: new Concurrency(limits.accountConcurrency, reservations(topology, components)),
    putEvents: new RateLimit(limits.putEvents),
    invocations: new RateLimit(limits.invocations),
    series: new Series(step),
    totals,
    disabled: new Set(),
    assumptions: new Set(),
    watchers: [],
  };
  const receivers = new Receivers(plant);
  startEntries(plant, receivers);
  const trips = watchBreakers(plant);
  const budget = options.budget ?? BUDGET;
  const idle = scenario.breakers.length;
  let stopped: Simulation['stopped'] = 'time';
  while (agenda.step(length)) {
    if (stopAt.events !== undefined && totals.accepted >= stopAt.events) stopped = 'events';
    else if (stopAt.cost !== undefined && totals.cost >= stopAt.cost) stopped = 'cost';
    else if (stopAt.throttles !== undefined && totals.throttles >= stopAt.throttles) stopped = 'throttles';
    else if (agenda.happened >= budget) stopped = 'budget';
    // Alarms go on for ever; when they are all that is left, nothing more will come.
    else if (agenda.pending <= idle - trips.length) stopped = 'quiet';
    else continue;
    break;
  }
  if (stopped === 'time' && agenda.pending === 0) stopped = 'quiet';
  const end = stopped === 'time' ? length : agenda.now;
  return {
    scenario,
    end,
    stopped,
    rows: plant.series.rows(end),
    totals,
    trips,
    assumptions: [...plant.assumptions, ...plant.routing.assumptions].sort(),
    pending: agenda.pending,
    happenings: agenda.happened,
  };
}
