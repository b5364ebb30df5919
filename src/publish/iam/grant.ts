import type { Span } from '../../json/document.ts';
import { mayMeet, mayTake, surelyTakes } from './glob.ts';

/** Some events that a role may publish: the buses of one pattern × sources × detail-types. */
export interface Grant {
  /** An IAM pattern of bus ARNs, text with holes; `*` for every bus. */
  readonly bus: string;
  /** IAM patterns, text with holes; absent: any. */
  readonly sources?: readonly string[];
  readonly detailTypes?: readonly string[];
  readonly span: Span;
}

/** The part of an event a policy can speak of. The bus is its ARN. */
export interface Request {
  readonly bus: string;
  readonly source: string;
  readonly detailType: string;
}

/** Whether a grant may allow a request; texts may have holes. Never false where it does. */
export function mayGrant(grant: Grant, { bus, source, detailType }: Request): boolean {
  return (
    mayTake(grant.bus, bus) &&
    (grant.sources?.some((pattern) => mayTake(pattern, source)) ?? true) &&
    (grant.detailTypes?.some((pattern) => mayTake(pattern, detailType)) ?? true)
  );
}

/** Whether everything one grant allows is allowed by another. */
export function includes(outer: Grant, inner: Grant): boolean {
  return (
    surelyTakes(outer.bus, inner.bus, true) &&
    listed(outer.sources, inner.sources) &&
    listed(outer.detailTypes, inner.detailTypes)
  );
}

function listed(outer: readonly string[] | undefined, inner: readonly string[] | undefined): boolean {
  if (!outer) return true;
  return inner?.every((text) => outer.some((pattern) => surelyTakes(pattern, text, true))) ?? false;
}

/** What two lists of patterns have in common, as far as patterns can say: never less. */
export function common(a: readonly string[] | undefined, b: readonly string[]): readonly string[] {
  return a ? a.filter((text) => b.some((pattern) => mayMeet(pattern, text))) : b;
}
