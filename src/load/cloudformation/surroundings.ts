import type { Node } from '../../json/node.ts';
import type { Environment } from './arn.ts';
import type { Identity } from './identity.ts';

/** What a template learns from outside of itself. */
export interface Surroundings {
  readonly environment: Environment;
  /** The value of a parameter as the user or the parent stack gives it. */
  parameter(name: string): Node | string | undefined;
  /** The value another loaded template exports under a name. */
  exported(name: string): Node | undefined;
  /** The value a loaded template stores in the Parameter Store. */
  stored(path: string): Node | undefined;
  /** The value of an output of a nested stack that is loaded. */
  nestedOutput(logicalId: string, output: string): Node | undefined;
  identityOf(type: string): Identity | undefined;
  /** Takes work from the budget; false when none is left. */
  spend(steps: number): boolean;
}
