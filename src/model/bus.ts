import type { Span } from '../json/document.ts';

/**
 * What identifies a bus: its name (text with holes where it is not known), `default` for the default bus. A bus of
 * another account or Region, where the ARN says so, is `account/region/name`.
 */
export type BusId = string;

export interface Bus {
  readonly id: BusId;
  readonly kind: 'default' | 'custom' | 'partner' | 'v2';
  /** Whether some template declares it; the default bus always is there, other buses may only be mentioned. */
  readonly declared: boolean;
  readonly span?: Span;
}

export const defaultBus: BusId = 'default';

/**
 * The bus a text names: a name or an ARN (UG eb-event-bus), with holes where parts are not known. The account and
 * Region of an ARN are left out, unless they are known: then it is a bus elsewhere, told apart by them.
 */
export function busNamed(text: string): BusId {
  // A colon inside a hole does not divide.
  const arn = /^arn(?::(?:\uE0F0[^\uE0F1]*\uE0F1|[^:\uE0F0])*){4}:event-bus(?:v2)?\/(.+)$/s.exec(text);
  return arn?.[1] ?? text;
}
