import type { Keyword } from '../keyword.ts';

function reference(
  name: string,
  how: 'static' | 'dynamic' | 'recursive',
  from?: Keyword['from'],
  until?: Keyword['until'],
): Keyword {
  return {
    name,
    ...(from ? { from } : {}),
    ...(until ? { until } : {}),
    compile(value, site) {
      if (typeof value !== 'string') return site.invalid(name, 'a reference to a schema');
      return site.reference(value, how);
    },
  };
}

/** Keywords beside `$ref` count in every dialect, as validators have it; up to draft-07 that is worth a warning. */
export const referenceKeywords: readonly Keyword[] = [
  reference('$ref', 'static'),
  reference('$dynamicRef', 'dynamic', '2020-12'),
  reference('$recursiveRef', 'recursive', '2019-09', '2019-09'),
];
