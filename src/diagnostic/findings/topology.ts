export const topologyFindings = {} as const;
