import { hasHole } from '../../json/holes.ts';
import type { BusId } from '../../model/bus.ts';
import type { Topology } from '../../model/topology.ts';
import { runsCode } from './rules.ts';

const settled = new WeakMap<Topology, Map<BusId, boolean>>();

/**
 * Whether all that publishes to a bus is known: some template declares it, something is known to publish to it, no
 * publication anywhere is of unknown type or to an unknown bus, and of every component that runs code it is known
 * what it publishes. Another stack still may publish to it: what follows is a warning at most.
 */
export function isSettled(bus: BusId, topology: Topology): boolean {
  const known = settled.get(topology) ?? new Map<BusId, boolean>();
  settled.set(topology, known);
  const answer = known.get(bus) ?? decide(bus, topology);
  known.set(bus, answer);
  return answer;
}

function decide(bus: BusId, topology: Topology): boolean {
  const declared = topology.busById.get(bus);
  if (!declared?.declared || declared.kind !== 'custom') return false;
  let speaks = false;
  for (const { bus: to, event, evidence } of topology.emissions) {
    const vague =
      evidence.kind === 'iam' ||
      evidence.kind === 'unknown' ||
      !event ||
      hasHole(event.source) ||
      hasHole(event.detailType) ||
      to === undefined ||
      hasHole(to);
    // What AWS services publish by themselves goes to the default bus.
    if (vague && (to === undefined || to === bus || hasHole(to))) return false;
    if (to === bus) speaks = true;
  }
  return speaks && allSpokenFor(topology);
}

const spokenFor = new WeakMap<Topology, boolean>();

/** Whether of every component that runs code it is known what it publishes. */
function allSpokenFor(topology: Topology): boolean {
  const known = spokenFor.get(topology);
  if (known !== undefined) return known;
  const answer = topology.components.every(
    (component) =>
      !component.declared ||
      !runsCode(component) ||
      component.silence !== undefined ||
      topology.emissionsOf.has(component.id),
  );
  spokenFor.set(topology, answer);
  return answer;
}
