import { isObject, type JsonValue, own } from '../../json/value.ts';
import { since } from '../dialect.ts';
import type { Place, Resource } from '../library.ts';
import type { Rewriting, Row } from './rewriting.ts';

const reference: Row = {
  write(value, at) {
    const target = typeof value === 'string' ? at.library.resolve(value, at.place.resource) : undefined;
    refer(target, '$ref', value, at);
  },
};

function refer(target: Place | undefined, keyword: string, value: JsonValue, at: Rewriting): void {
  if (!target) {
    at.lose(keyword, `leads to a schema that was not given, ${JSON.stringify(value)}: left out`, 'lossy');
    return;
  }
  const written = at.reference(target);
  if (written['$ref'] !== undefined && at.target['$ref'] === undefined) at.target['$ref'] = written['$ref'];
  else at.conjuncts.push(written);
}

/** A reference by dynamic scope leads where a plain one does as long as only one schema could be meant. */
const dynamicReference: Row = {
  from: '2020-12',
  write(value, at) {
    const target = typeof value === 'string' ? at.library.resolve(value, at.place.resource) : undefined;
    const anchor = typeof value === 'string' ? value.slice(value.indexOf('#') + 1) : '';
    const dynamic = ({ dynamicAnchors }: Resource) => dynamicAnchors.has(anchor);
    if (target && dynamic(target.resource) && at.library.all().filter(dynamic).length > 1)
      at.lose('$dynamicRef', 'leads to what the schemas on the way say: left out', 'lossy');
    else refer(target, '$dynamicRef', value, at);
  },
};

const recursiveReference: Row = {
  from: '2019-09',
  write(value, at) {
    if (since(at.dialect, '2020-12')) return;
    const target = typeof value === 'string' ? at.library.resolve(value, at.place.resource) : undefined;
    const recursive = ({ root }: Resource) => isObject(root) && own(root, '$recursiveAnchor') === true;
    if (target && recursive(target.resource) && at.library.all().filter(recursive).length > 1)
      at.lose('$recursiveRef', 'leads to what the schemas on the way say: left out', 'lossy');
    else refer(target, '$recursiveRef', value, at);
  },
};

export const referenceRows: Readonly<Record<string, Row>> = {
  $ref: reference,
  $dynamicRef: dynamicReference,
  $recursiveRef: recursiveReference,
};
