import type { JsonObject } from '../../json/value.ts';

/** The version of the format; another first number is another format. */
export const snapshotVersion = 1;

/** The member by which a snapshot is known among other JSON files. */
export const snapshotKey = 'busproofSnapshot';

/** An answer of an AWS API about one thing, with the API's own names. */
export type ApiItem = JsonObject;

/** Lists of what one Region holds, each item an answer of the API that describes it. */
export const regionLists = [
  'eventBuses',
  'rules',
  'archives',
  'apiDestinations',
  'connections',
  'functions',
  'eventInvokeConfigs',
  'eventSourceMappings',
  'stateMachines',
  'pipes',
  'schedules',
  'subscriptions',
  'queues',
  'buckets',
  'tables',
  'deliveryStreams',
] as const;

/** Lists of what belongs to no Region. */
export const globalLists = ['roles', 'policies'] as const;

export type RegionList = (typeof regionLists)[number];
export type GlobalList = (typeof globalLists)[number];

/** What a Region of an account holds, as far as events are concerned. */
export type RegionSnapshot = {
  readonly region: string;
  /** How CloudFormation calls what it made, by ARN. */
  readonly names: Readonly<Record<string, StackName>>;
} & { readonly [list in RegionList]: readonly ApiItem[] };

/** The tags by which CloudFormation marks what it made. */
export type StackName = {
  readonly logicalId: string;
  readonly stack?: string;
};

/** Something that could not be looked at. */
export type Unseen = {
  readonly reason: 'not-permitted' | 'no-client' | 'failed' | 'limit';
  /** The IAM action, or the npm package that is missing. */
  readonly what: string;
  /** What is not known because of it. */
  readonly effect: string;
  /** How often, and in which Regions; the first problem in the service's words. */
  readonly count: number;
  readonly regions: readonly string[];
  readonly problem?: string;
};

/** Everything that was asked of an account at one time, without secrets: what `--save` writes. */
export type Snapshot = {
  readonly [snapshotKey]: typeof snapshotVersion;
  /** RFC 3339. */
  readonly takenAt: string;
  readonly account: string;
  readonly regions: readonly RegionSnapshot[];
  readonly roles: readonly ApiItem[];
  readonly policies: readonly ApiItem[];
  readonly unseen: readonly Unseen[];
};

/** Whether a text looks like a snapshot: its first member says so. */
export function looksLikeSnapshot(text: string): boolean {
  return new RegExp(`^\\uFEFF?\\s*\\{\\s*"${snapshotKey}"\\s*:`).test(text);
}
