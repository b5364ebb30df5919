/** What the analysis takes for granted; every value can be set in the config. */
export interface GraphSettings {
  /** The member of `detail` that counts the hops. */
  readonly depthField: string;
  /** The member of `detail` that tells raw events from processed ones. */
  readonly stageField: string;
  /** Elementary loops listed per strongly connected component; beyond, the component is reported as a whole. */
  readonly maxLoops: number;
  /** Whether an event counts that matches only through a key with a dot which its schema does not declare. */
  readonly dottedKeys: boolean;
  /** The account and Region that events are published in, where they are known. */
  readonly account?: string;
  readonly region?: string;
}

export const defaultSettings: GraphSettings = {
  depthField: '_chain_depth',
  stageField: 'processing_stage',
  maxLoops: 200,
  dottedKeys: false,
};

export function depthPath(settings: GraphSettings): string {
  return `detail.${settings.depthField}`;
}

export function stagePath(settings: GraphSettings): string {
  return `detail.${settings.stageField}`;
}
