import type { JsonObject } from '../json/value.ts';
import type { CatalogueEntry } from '../model/catalogue.ts';
import { conditions, type ServiceEvents, serviceEvents } from '../publish/catalogue/services.ts';

/** The catalogue of services, the user's entries included: one block a source. */
export function catalogueText(own: readonly CatalogueEntry[]): string {
  const known = serviceEvents.map((entry) => blockOf(entry, ''));
  return `${[...known, ...own.map((entry) => blockOf(entry, '  (config)'))].join('\n\n')}\n`;
}

function blockOf(entry: ServiceEvents, note: string): string {
  const { source, detailTypes, types, arns = [], about, only } = entry;
  const condition = only ? `, ${conditions[only].text}` : '';
  return [
    `${source}${note}`,
    `  about    ${[...types, ...arns.map((arn) => `arn:…:${arn}…`)].join(', ')}${condition}`,
    ...(about ? [`  named    detail.${about.field}, by its ${about.is === 'arn' ? 'ARN' : 'name'}`] : []),
    ...detailTypes.map((detailType, index) => `  ${index === 0 ? 'tells  ' : '       '}  ${detailType}`),
  ].join('\n');
}

/** The same as JSON text, each entry as the config has it. */
export function catalogueJson(own: readonly CatalogueEntry[], version: string): string {
  const json = (
    { source, detailTypes, types, arns, about, only }: ServiceEvents,
    from: string,
  ): JsonObject => ({
    source,
    detailTypes: [...detailTypes],
    types: [...types],
    ...(arns ? { arns: [...arns] } : {}),
    ...(about ? { about: { ...about } } : {}),
    ...(only ? { only: conditions[only].text } : {}),
    from,
  });
  const value: JsonObject = {
    formatVersion: 1,
    tool: { name: 'busproof', version },
    catalogue: [
      ...serviceEvents.map((entry) => json(entry, 'busproof')),
      ...own.map((entry) => json(entry, 'config')),
    ],
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
