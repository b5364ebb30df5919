import type { Collector } from '../diagnostic/diagnostic.ts';
import { type Node, textOf } from '../json/node.ts';
import type { CatalogueEntry } from '../model/catalogue.ts';
import { SettingsReader } from './reader.ts';

/** Reads one line that the user adds to the catalogue of services; undefined when it says too little. */
export function catalogueEntry(node: Node, collector: Collector): CatalogueEntry | undefined {
  const reader = new SettingsReader(node, 'an entry of the catalogue', collector);
  const source = reader.text('source');
  const detailTypes = reader.texts('detailTypes') ?? [];
  const types = reader.texts('types') ?? [];
  const arns = reader.texts('arns');
  const aboutNode = reader.raw('about');
  const about = aboutNode && aboutOf(aboutNode, collector);
  reader.done();
  if (!source || detailTypes.length === 0 || (types.length === 0 && !arns)) {
    reader.refuse(node, 'catalogue', 'a source, detailTypes, and types or arns for every entry');
    return undefined;
  }
  return { source, detailTypes, types, ...(arns ? { arns } : {}), ...(about ? { about } : {}) };
}

/** Where in `detail` the name or ARN of the template resource stands. */
function aboutOf(node: Node, collector: Collector): CatalogueEntry['about'] {
  const reader = new SettingsReader(node, 'about', collector);
  const field = reader.text('field');
  const is = reader.read('is', '"name" or "arn"', (value) => {
    const text = textOf(value);
    return text === 'name' || text === 'arn' ? text : undefined;
  });
  reader.done();
  return field === undefined || is === undefined ? undefined : { field, is };
}
