import { parseDeclaration } from '../config/declaration.ts';
import { Collector, type Outcome, outcome } from '../diagnostic/diagnostic.ts';
import type { Node } from '../json/node.ts';
import type { Contract } from '../model/contract.ts';
import type { Emission } from '../model/emission.ts';
import { type EventTypeId, parseEventType, printEventType } from '../model/event-type.ts';

/** A component somebody made a declaration for. */
export interface DeclaredComponent {
  readonly name: string;
  readonly emissions: readonly Emission[];
  readonly maxChainDepth: number | undefined;
  readonly callsModel: boolean;
}

/** Reads declarations: of the config, or of template Metadata. */
export function readDeclarations(
  declarations: readonly { readonly name: string; readonly node: Node; readonly place: string }[],
): Outcome<readonly DeclaredComponent[]> {
  const collector = new Collector();
  const components = new Map<string, DeclaredComponent>();
  for (const { name, node, place } of declarations) {
    const { emissions, component } = collector.take(parseDeclaration(node, name, place));
    const known = components.get(name);
    components.set(name, {
      name,
      emissions: [...(known?.emissions ?? []), ...emissions],
      maxChainDepth: component.rejectsAtDepth?.depth ?? known?.maxChainDepth,
      callsModel: component.callsModel ?? known?.callsModel ?? false,
    });
  }
  const sorted = [...components.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return outcome(sorted, collector.diagnostics);
}

/** What may be published on receiving an event. */
export interface Publication {
  readonly event: EventTypeId;
  /** The stage it is published with, where that is declared. */
  readonly stage: string | undefined;
}

/**
 * What a component may publish on an event type, by its declaration: the emissions it declares for that type, or for
 * any. `*` stands for every event type of the catalogue.
 */
export function publicationsOf(
  components: readonly DeclaredComponent[],
  on: EventTypeId,
  catalogue: readonly Contract[],
): readonly Publication[] {
  const found = new Map<EventTypeId, Publication>();
  for (const { emissions, callsModel } of components) {
    for (const emission of emissions) {
      if (emission.entry || !isFor(emission, on)) continue;
      const { stage: effect, event } = emission;
      const declared = effect.kind === 'set' ? effect.value : callsModel ? 'processed' : undefined;
      const ids = event ? [printEventType(event)] : catalogue.map(({ id }) => id);
      for (const id of ids) {
        // Two components may declare different stages: then none is fixed here.
        const other = found.get(id);
        const stage = other && other.stage !== declared ? undefined : declared;
        found.set(id, { event: id, stage });
      }
    }
  }
  return [...found.values()].sort((a, b) => (a.event < b.event ? -1 : 1));
}

/** Whether a component declares to take an event type in. */
export function takesIn({ emissions }: DeclaredComponent, on: EventTypeId): boolean {
  return emissions.some((emission) => !emission.entry && isFor(emission, on));
}

function isFor({ on }: Emission, id: EventTypeId): boolean {
  if (!on) return true;
  const type = parseEventType(id);
  return on.some((text) => {
    const wanted = parseEventType(text);
    if (!wanted || !type) return text === id;
    const fits = (want: string, is: string) => want === '*' || want === is;
    return fits(wanted.source, type.source) && fits(wanted.detailType, type.detailType);
  });
}
