import { hasHole } from '../../json/holes.ts';
import type { BusId } from '../../model/bus.ts';
import type { Contract } from '../../model/contract.ts';
import type { Emission } from '../../model/emission.ts';
import { type EventType, printEventType } from '../../model/event-type.ts';
import type { Topology } from '../../model/topology.ts';
import { printChoice } from '../../pattern/canonical.ts';
import { matchValue } from '../../pattern/match.ts';
import { holesOpened } from '../../pattern/open-holes.ts';
import type { Condition, Pattern } from '../../pattern/pattern.ts';
import { type PatternRule, plainTexts } from './rules.ts';

/** An event type that a schema describes, or that something is known to publish, on one bus. */
export interface KnownType {
  readonly type: EventType;
  readonly contract?: Contract;
  readonly emissions: readonly Emission[];
}

const fields = ['source', 'detail-type'] as const;

/** All that is known of the events of one bus. */
class BusTypes {
  readonly all = new Map<string, KnownType & { emissions: Emission[] }>();
  private readonly texts = fields.map(() => new Set<string>());
  private readonly bySource = new Map<string, (KnownType & { emissions: Emission[] })[]>();
  private readonly accepted = new Map<string, ReadonlySet<string>>();

  add(type: EventType, contract: Contract | undefined): KnownType & { emissions: Emission[] } {
    const id = printEventType(type);
    const known = this.all.get(id);
    if (known) return known;
    const made = { type, emissions: [], ...(contract ? { contract } : {}) };
    this.all.set(id, made);
    this.texts[0]!.add(type.source);
    this.texts[1]!.add(type.detailType);
    const list = this.bySource.get(type.source);
    if (list) list.push(made);
    else this.bySource.set(type.source, [made]);
    return made;
  }

  /** Those of which source and detail-type alone fit some alternative of the pattern. */
  takenBy(pattern: Pattern): readonly KnownType[] {
    const found = new Set<KnownType>();
    for (const { conditions } of pattern.alternatives) {
      const [sources, types] = fields.map((field, i) =>
        this.fitting(
          conditions.find(({ path }) => path === field),
          i,
        ),
      );
      for (const source of sources!) {
        for (const each of this.bySource.get(source) ?? [])
          if (types!.has(each.type.detailType)) found.add(each);
      }
    }
    return [...found];
  }

  private fitting(condition: Condition | undefined, field: number): ReadonlySet<string> {
    const texts = this.texts[field]!;
    if (!condition) return texts;
    const plain = plainTexts(condition);
    if (plain) return new Set(plain.filter((text) => texts.has(text)));
    // By what it says, not by its place: one place may stand for many rules (Fn::ForEach).
    const key = `${field}|${condition.choices.map(printChoice).join()}`;
    const known = this.accepted.get(key);
    if (known) return known;
    const alone: Pattern = { alternatives: [{ conditions: [condition] }], span: condition.span };
    const open = holesOpened(alone) ?? alone;
    const answer = new Set([...texts].filter((text) => matchValue(open, { [condition.path]: text })));
    this.accepted.set(key, answer);
    return answer;
  }
}

/**
 * The event types that are known on each bus, found by what a rule asks of source and detail-type. Building is linear
 * in contracts and emissions; looking up costs what is found, where a rule lists its sources and detail-types.
 */
export class KnownTypes {
  private readonly byBus = new Map<BusId, BusTypes>();

  constructor(topology: Topology) {
    const buses = new Set([...topology.routesFromBus.keys(), ...topology.buses.map(({ id }) => id)]);
    for (const contract of topology.contracts) {
      const { bus } = contract;
      for (const each of bus === undefined ? buses : [bus]) this.on(each).add(contract.type, contract);
    }
    for (const emission of topology.emissions) {
      const { event, bus } = emission;
      if (!event || hasHole(event.source) || hasHole(event.detailType)) continue;
      const contract = topology.contractById.get(printEventType(event));
      const home = bus ?? contract?.bus;
      for (const each of home === undefined ? buses : [home]) {
        this.on(each).add(event, contract).emissions.push(emission);
      }
    }
  }

  of(bus: BusId): readonly KnownType[] {
    return [...(this.byBus.get(bus)?.all.values() ?? [])];
  }

  takenBy({ from, filter }: PatternRule): readonly KnownType[] {
    return this.byBus.get(from.bus)?.takenBy(filter.pattern) ?? [];
  }

  private on(bus: BusId): BusTypes {
    const known = this.byBus.get(bus) ?? new BusTypes();
    this.byBus.set(bus, known);
    return known;
  }
}
