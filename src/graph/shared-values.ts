import type { JsonValue } from '../json/value.ts';
import type { FieldEffect } from '../model/emission.ts';
import { sourceOf } from '../model/field-effects.ts';

/** What the publications round a loop do to fields of `detail`, each by its path: the last leads to the first. */
export type Round = readonly { readonly effects: ReadonlyMap<string, FieldEffect<JsonValue>> }[];

/** A field of one event of a loop. */
interface Member {
  readonly link: number;
  readonly path: string;
}

/** Fields of the events of a loop that hold the same value, since it is copied from one to the next. */
export interface Shared {
  readonly members: readonly Member[];
  /** Set once the value is known; undefined within stands for no such field. */
  value?: { readonly is: JsonValue | undefined };
}

/** By event, then by path. */
export type SharedValues = readonly Map<string, Shared>[];

/**
 * The values that go together, with those that are known from the start. `start`: the event that is chosen first;
 * what is counted all round begins anew there, and with `open` what is copied into another field as well. `aside`: a
 * field that is not looked at.
 */
export function sharedValues(
  round: Round,
  { start, open = false, aside }: { start: number; open?: boolean; aside?: string | undefined },
): SharedValues {
  const paths = new Set(
    round.flatMap(({ effects }) => [...effects].flatMap(([path, effect]) => [path, sourceOf(effect, path)])),
  );
  if (aside !== undefined) paths.delete(aside);
  const shared = round.map(
    (_, link) => new Map([...paths].map((path): [string, Shared] => [path, { members: [{ link, path }] }])),
  );
  const before = (start + round.length - 1) % round.length;
  for (const path of paths) {
    const kinds = round.map(({ effects }) => effects.get(path)?.kind);
    const counted =
      kinds.includes('increment') && kinds.every((kind) => kind === 'copy' || kind === 'increment');
    for (const [i, { effects }] of round.entries()) {
      const effect = effects.get(path);
      const next = (i + 1) % round.length;
      if (effect?.kind === 'set') shared[next]!.get(path)!.value = { is: effect.value };
      else if (effect?.kind === 'absent') shared[next]!.get(path)!.value = { is: undefined };
      else if (effect?.kind === 'copy') {
        const source = sourceOf(effect, path);
        const anew = i === before && (counted || (open && source !== path));
        const one = shared[i]!.get(source);
        if (one && !anew) join(one, shared[next]!.get(path)!, shared);
      }
    }
  }
  return shared;
}

function join(one: Shared, other: Shared, shared: SharedValues): void {
  if (one === other) return;
  const value = one.value ?? other.value;
  const joint: Shared = { members: [...one.members, ...other.members], ...(value ? { value } : {}) };
  for (const { link, path } of joint.members) shared[link]!.set(path, joint);
}

/**
 * Whether some value comes back to its event in another field than it was in: what holds for one time round need not hold
 * for the next. So it is where a record holds all of what was received, which held such a record.
 */
export function isTangled(shared: SharedValues): boolean {
  const groups = new Set(shared.flatMap((byPath) => [...byPath.values()]));
  const holds = new Map([...groups].map((group) => [group, held(group, shared)]));
  const done = new Set<Shared>();
  const onWay = new Set<Shared>();
  const comesBack = (group: Shared): boolean => {
    if (onWay.has(group)) return true;
    if (done.has(group)) return false;
    done.add(group);
    onWay.add(group);
    const found = holds.get(group)!.some(comesBack);
    onWay.delete(group);
    return found;
  };
  return [...groups].some(
    (group) => new Set(group.members.map(({ link }) => link)).size < group.members.length || comesBack(group),
  );
}

/** The values within a value. */
function held({ members }: Shared, shared: SharedValues): Shared[] {
  return members.flatMap(({ link, path }) =>
    [...shared[link]!].flatMap(([other, group]) =>
      other !== path && (path === '' || other.startsWith(`${path}.`)) ? [group] : [],
    ),
  );
}
