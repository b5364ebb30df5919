import { insistsOnField, limitsOf, onlyForwarding, without } from './conditions.ts';
import { mayMeet, mayTake, surelyTakes } from './glob.ts';
import { type Grant, includes, mayGrant, type Request } from './grant.ts';
import type { Statement, Words } from './statement.ts';

/** What a role may publish at most. No grants: it can publish nothing. */
export interface Bound {
  readonly grants: readonly Grant[];
}

const anyBus = 'arn:*:events:*:*:event-bus*';
const secondGenerationBus = 'arn:*:events:*:*:event-busv2/*';

/**
 * The union over all Allow statements of buses × sources × detail-types, less what is denied for certain. What is not
 * understood widens: an event that the statements allow is in one of the grants. Cost: statements × their values.
 *
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_eventbridge.html
 */
export function boundOf(statements: readonly Statement[]): Bound {
  const denials = statements.filter(({ effect, vague }) => effect === 'Deny' && !vague);
  const grants = statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(grantsOf)
    .flatMap((grant) =>
      denials.reduce((left: Grant[], deny) => left.flatMap((each) => less(each, deny)), [grant]),
    )
    .flatMap(publishable);
  return {
    grants: grants.filter((grant, at) => !grants.some((other, index) => covers(other, index, grant, at))),
  };
}

/** Whether the bound may allow an event; texts may have holes. */
export function mayPublish(bound: Bound, request: Request): boolean {
  return bound.grants.some((grant) => mayGrant(grant, request));
}

function covers(other: Grant, index: number, grant: Grant, at: number): boolean {
  if (index === at || !includes(other, grant)) return false;
  // Of two that say the same the first stays.
  return !includes(grant, other) || index < at;
}

function grantsOf(statement: Statement): Grant[] {
  const { actions, resources, conditions, span } = statement;
  const grants: Grant[] = [];
  if (mayDo(actions, 'events:PutEvents')) {
    const limits = limitsOf(conditions);
    if (limits) grants.push(...busesOf(resources, anyBus).map((bus) => ({ bus, ...limits, span })));
  }
  // Raw events carry no source that a condition could look at: a condition that insists on one refuses them.
  if (mayDo(actions, 'events:PutRawEvents')) {
    if (!onlyForwarding(conditions) && !insistsOnField(conditions))
      grants.push(...busesOf(resources, secondGenerationBus).map((bus) => ({ bus, span })));
  }
  // A partner's events have no bus to name: only a statement about everything allows them.
  if (
    mayDo(actions, 'events:PutPartnerEvents') &&
    !onlyForwarding(conditions) &&
    busesOf(resources, '*').some((bus) => mayTake(bus, '*'))
  )
    grants.push({ bus: '*', span });
  return grants;
}

/** Action names are compared without case. */
function mayDo({ not, values }: Words, action: string): boolean {
  const name = action.toLowerCase();
  return not
    ? !values.some((value) => surelyTakes(value.toLowerCase(), name))
    : values.some((value) => mayTake(value.toLowerCase(), name));
}

function surelyDoes({ not, values }: Words, action: string): boolean {
  const name = action.toLowerCase();
  return not
    ? !values.some((value) => mayTake(value.toLowerCase(), name))
    : values.some((value) => surelyTakes(value.toLowerCase(), name));
}

function busesOf({ not, values }: Words, kind: string): string[] {
  if (!not) return values.filter((value) => mayMeet(value, kind));
  return values.some((value) => surelyTakes(value, kind, true)) ? [] : ['*'];
}

/** What a certain denial leaves of a grant. */
function less(grant: Grant, { actions, resources, conditions }: Statement): Grant[] {
  if (!surelyDoes(actions, 'events:PutEvents') || !surelyDoes(actions, 'events:PutRawEvents')) {
    // A denial of one of the two leaves the other; only a grant that is about PutEvents alone is shrunk.
    if (!surelyDoes(actions, 'events:PutEvents') || mayMeet(grant.bus, secondGenerationBus)) return [grant];
  }
  const { not, values } = resources;
  const about = not
    ? !values.some((value) => mayMeet(value, grant.bus))
    : values.some((value) => surelyTakes(value, grant.bus, true));
  return about ? without(grant, conditions) : [grant];
}

/** Nobody but AWS publishes with a source that begins with `aws.` (PutEvents answers NotAuthorizedForSource). */
function publishable(grant: Grant): Grant[] {
  if (!grant.sources) return [grant];
  const sources = grant.sources.filter((source) => !source.startsWith('aws.'));
  return sources.length === 0 ? [] : [{ ...grant, sources }];
}
