import type { ComponentKind } from '../../model/component.ts';
import type { Identity } from './identity.ts';
import type { Reading } from './reading.ts';

/** One type of template resource: one file in resources/, one line in their table. */
export interface ResourceKind {
  readonly type: string;
  /** What kind of component it is; types without are components only when something points at them. */
  readonly component?: ComponentKind;
  readonly identity?: Identity;
  /** What it adds to the topology beside itself. */
  read?(reading: Reading): void;
}
