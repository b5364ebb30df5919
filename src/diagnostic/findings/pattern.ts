export const patternFindings = {} as const;
