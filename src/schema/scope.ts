import { isObject } from '../json/value.ts';
import type { Place, Resource } from './library.ts';

/**
 * Which schema a dynamic reference means depends on the resources that were passed on the way: of those with the
 * anchor, the first. https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.3.2
 */
export interface Scope {
  readonly key: string;
  readonly dynamic: ReadonlyMap<string, Place>;
  /** The first resource on the way with `$recursiveAnchor: true` (2019-09). */
  readonly recursive: Place | undefined;
}

export const OUTSIDE: Scope = { key: '', dynamic: new Map(), recursive: undefined };

/** The scope inside a resource. The same object if nothing new is in it. */
export function enterScope(scope: Scope, resource: Resource): Scope {
  const fresh = [...resource.dynamicAnchors].filter(([name]) => !scope.dynamic.has(name));
  const root = resource.root;
  const recursive =
    scope.recursive === undefined &&
    resource.dialect === '2019-09' &&
    isObject(root) &&
    root['$recursiveAnchor'] === true;
  if (fresh.length === 0 && !recursive) return scope;
  return {
    key: `${scope.key} ${resource.uri}`,
    dynamic: new Map([...scope.dynamic, ...fresh]),
    recursive: recursive ? { schema: root, resource, tokens: resource.tokens } : scope.recursive,
  };
}
