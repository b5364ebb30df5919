import { mayEqual } from '../json/holes.ts';
import { type BusId, defaultBus } from '../model/bus.ts';
import { type Environment, parseArn } from './cloudformation/arn.ts';

/**
 * The bus an ARN names, or undefined when the text is no ARN of a bus. A bus of another account or Region is
 * `account/region/name`. Whose account it is can be unknown: then a bus that is declared under that name is taken to
 * be the one, and a default bus is not.
 */
export function busOfArn(
  text: string,
  environment: Environment,
  isDeclared: (id: BusId) => boolean,
): BusId | undefined {
  const arn = parseArn(text);
  if (arn?.service !== 'events') return undefined;
  const [kind, ...rest] = arn.resource.split(/\/(?![^\uE0F0]*\uE0F1)/);
  if (kind !== 'event-bus' && kind !== 'event-busv2') return undefined;
  const name = kind === 'event-bus' ? rest.join('/') : versionTwo(rest[0] ?? '');
  if (name === '') return undefined;
  const near = [mayEqual(arn.account, environment.account), mayEqual(arn.region, environment.region)];
  if (near.every((answer) => answer === 'yes')) return name;
  if (!near.includes('no') && name !== defaultBus && isDeclared(name)) return name;
  return `${arn.account}/${arn.region}/${name}`;
}

/** Buses of the second generation have a name space of their own. */
export function versionTwo(name: string): BusId {
  return `v2/${name}`;
}
