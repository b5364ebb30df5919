export const publisherFindings = {} as const;
