export const loopFindings = {} as const;
