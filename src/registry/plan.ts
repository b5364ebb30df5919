import type { Answer } from '../contract/change.ts';
import type { Loss } from '../schema/convert/loss.ts';
import type { JsonDifference } from './json-difference.ts';
import type { NewSchema, SchemaType, Tags } from './service.ts';

/** How the registry was when the plan was made; apply stops where it is not so any more. */
export interface Basis {
  readonly version: string | undefined;
  /** Of the canonical content; undefined where it was not read. */
  readonly hash: string | undefined;
  readonly versionCount: number;
  readonly lastModified: string | undefined;
}

/** What is to happen to one schema of the registry. */
export type PlanItem =
  | {
      readonly action: 'create';
      readonly name: string;
      readonly eventType: string;
      readonly schema: NewSchema;
      readonly tags: Tags;
      readonly losses: readonly Loss[];
    }
  | {
      readonly action: 'update';
      readonly name: string;
      readonly eventType: string;
      readonly schema: NewSchema;
      /** Tags it lacks. */
      readonly tags: Tags;
      readonly arn: string;
      readonly basis: Basis;
      readonly losses: readonly Loss[];
      readonly differences: readonly JsonDifference[];
      /** Whether consumers of what is there may be given the new events; undefined if what is there cannot be read. */
      readonly compatibility: Answer | undefined;
      /** Old versions that are deleted first, to keep the version budget. */
      readonly prune: readonly string[];
    }
  | {
      readonly action: 'tag';
      readonly name: string;
      readonly eventType: string;
      readonly tags: Tags;
      readonly arn: string;
      readonly basis: Basis;
    }
  | { readonly action: 'keep'; readonly name: string; readonly eventType: string; readonly basis: Basis }
  /** In the registry and not in the repository: left, or deleted on request. */
  | { readonly action: 'orphan' | 'delete'; readonly name: string; readonly basis: Basis };

export interface Plan {
  readonly registry: string;
  readonly type: SchemaType;
  /** Set if the registry itself is to be created. */
  readonly create: { readonly description: string; readonly tags: Tags } | undefined;
  /** By name. */
  readonly items: readonly PlanItem[];
}

/** Whether carrying out an item changes anything. */
export function changesSomething({ action }: PlanItem): boolean {
  return action !== 'keep' && action !== 'orphan';
}

export function isEmptyPlan({ create, items }: Plan): boolean {
  return create === undefined && !items.some(changesSomething);
}
