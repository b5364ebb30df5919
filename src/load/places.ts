import { hasHole, mayEqual } from '../json/holes.ts';
import { arnOf, type Environment, parseArn } from './cloudformation/arn.ts';
import { Draft, type Place } from './draft.ts';

/**
 * The account and Region that bare names of buses are of: those that were given, or else those that the first template
 * which says so goes to.
 */
export function homeOf(given: Environment, templates: readonly (Environment | undefined)[]): Environment {
  const first = (part: 'account' | 'region'): string =>
    hasHole(given[part])
      ? (templates.find((each) => each && !hasHole(each[part]))?.[part] ?? given[part])
      : given[part];
  return { ...given, account: first('account'), region: first('region') };
}

/** What a template in another account or Region declares: its buses are told apart from those at home. */
export function awayFrom(home: Environment, draft: Draft, environment: Environment | undefined): Draft {
  if (!environment) return draft;
  const here = [mayEqual(environment.account, home.account), mayEqual(environment.region, home.region)];
  if (!here.includes('no')) return draft;
  const moved = new Draft();
  moved.rulesFound = draft.rulesFound;
  moved.components.push(...draft.components);
  const place = (each: Place): Place =>
    each.kind === 'bus' && !parseArn(each.reference)
      ? { ...each, reference: arnOf(environment, 'events', `event-bus/${each.reference}`) }
      : each;
  moved.buses.push(
    ...draft.buses.map((bus) => ({ ...bus, id: `${environment.account}/${environment.region}/${bus.id}` })),
  );
  moved.routes.push(
    ...draft.routes.map((route) => ({
      ...route,
      from: place(route.from),
      targets: route.targets.map((target) => ({ ...target, to: place(target.to) })),
    })),
  );
  return moved;
}
