import { type Diagnostic, finding } from '../diagnostic/diagnostic.ts';
import { hasHole, printHoles } from '../json/holes.ts';
import type { Emission } from '../model/emission.ts';
import { printEventType } from '../model/event-type.ts';
import type { Buses } from './buses.ts';
import { type Bound, mayPublish } from './iam/bound.ts';
import type { Grant } from './iam/grant.ts';
import type { Publication } from './publication.ts';
import type { Publisher } from './publisher.ts';

/** Where declaration, role and code do not agree. `said`: what is declared; undefined: nothing is. */
export function contradictions(
  publisher: Publisher,
  said: readonly Emission[] | undefined,
  buses: Buses,
): Diagnostic[] {
  const { resource, publications, read } = publisher;
  const bound = publisher.beyond.length > 0 ? undefined : publisher.bound;
  const name = resource.logicalId;
  const findings: Diagnostic[] = [];
  const known = publications.filter(({ source, detailType }) => !hasHole(source) && !hasHole(detailType));
  for (const each of known) {
    const event = printEventType(each);
    const place = { span: each.evidence.span ?? resource.span, identity: `${resource.id} ${event}` };
    if (bound && !mayPublish(bound, request(each, buses)))
      findings.push(finding('publisher/forbidden', { name, event, how: 'publishes' }, place));
    else if (said && !said.some((one) => speaksOf(one, each)))
      findings.push(finding('publisher/undeclared', { name, event }, place));
  }
  for (const { event, bus, evidence } of said ?? []) {
    if (!event || evidence.kind !== 'declared') continue;
    const text = printEventType(event);
    const place = { ...(evidence.span ? { span: evidence.span } : {}), identity: `${resource.id} ${text}` };
    if (bound && !mayPublish(bound, request({ ...event, bus }, buses)))
      findings.push(finding('publisher/forbidden', { name, event: text, how: 'declares' }, place));
    else if (read?.closed && !publications.some((one) => speaksOf({ event }, one)))
      findings.push(finding('publisher/never-published', { name, event: text, where: read.what }, place));
  }
  const wide =
    bound && read?.closed && known.length === publications.length ? widest(bound, known, buses) : undefined;
  if (wide && read) {
    const events = [...new Set(known.map(printEventType))].join(', ');
    const statement = JSON.stringify(tightStatement(known, wide.grant, buses));
    const fix = { text: `allow no more than its ${read.what} needs: ${statement}` };
    const place = { span: wide.grant.span, identity: resource.id, fix };
    findings.push(finding('publisher/wide-role', { name, events, more: wide.more }, place));
  }
  return [...new Map(findings.map((each) => [`${each.code} ${each.identity}`, each])).values()];
}

function speaksOf({ event }: Pick<Emission, 'event'>, { source, detailType }: Publication): boolean {
  return !event || (fits(event.source, source) && fits(event.detailType, detailType));
}

/** Text with holes may be anything here: a contradiction must be certain. */
function fits(a: string, b: string): boolean {
  return a === b || hasHole(a) || hasHole(b);
}

function request(
  { source, detailType, bus }: Pick<Publication, 'source' | 'detailType' | 'bus'>,
  buses: Buses,
) {
  return { source, detailType, bus: bus === undefined ? '\uE0F0bus\uE0F1' : buses.arnOf(bus) };
}

/** The grant that lets code pretend to be any other, or publish on any bus, where what it publishes is known. */
function widest(
  { grants }: Bound,
  known: readonly Publication[],
  buses: Buses,
): { readonly grant: Grant; readonly more: 'of every source' | 'on every bus' } | undefined {
  const needed = known.map((each) => request(each, buses));
  // A role that forbids what its code does has another problem first.
  if (known.length === 0 || !needed.every((each) => mayPublish({ grants }, each))) return undefined;
  const open = grants.find(({ sources }) => sources === undefined);
  if (open) return { grant: open, more: 'of every source' };
  const all = grants.find(({ bus }) => buses.ofPattern(bus) === undefined);
  return all && known.every(({ bus }) => bus !== undefined)
    ? { grant: all, more: 'on every bus' }
    : undefined;
}

/** The statement that allows what is published, and nothing else; on the buses of the grant where they are not known. */
function tightStatement(publications: readonly Publication[], grant: Grant, buses: Buses) {
  const unique = (values: readonly string[]): string[] => [...new Set(values)].sort();
  const named = publications.flatMap(({ bus }) => (bus === undefined ? [] : [printHoles(buses.arnOf(bus))]));
  const resources = named.length === publications.length ? unique(named) : [printHoles(grant.bus)];
  return {
    Effect: 'Allow',
    Action: 'events:PutEvents',
    Resource: resources.length === 1 ? resources[0]! : resources,
    Condition: {
      StringEquals: {
        'events:source': unique(publications.map(({ source }) => source)),
        'events:detail-type': unique(publications.map(({ detailType }) => detailType)),
      },
    },
  };
}
