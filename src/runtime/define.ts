import type { ChainFields, EventContract, Validator } from './contract.ts';
import { issuesOf, pathOf } from './validation.ts';

/** Makes a contract of what generated code knows about an event type. */
export function defineContract<
  Source extends string,
  DetailType extends string,
  Detail,
  Carried extends string,
>(facts: {
  readonly source: Source;
  readonly detailType: DetailType;
  readonly bus?: string;
  readonly fields: ChainFields;
  readonly validator: Validator;
}): EventContract<Source, DetailType, Detail, Carried> {
  const { validator } = facts;
  return {
    bus: undefined,
    ...facts,
    '~standard': {
      version: 1,
      vendor: 'busproof',
      validate(value) {
        const issues = issuesOf(validator, value);
        if (issues.length === 0) return { value: value as Detail };
        return { issues: issues.map(({ message, path }) => ({ message, path: pathOf(path) })) };
      },
    },
  };
}
