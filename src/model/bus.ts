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
