export const schemaFindings = {} as const;
