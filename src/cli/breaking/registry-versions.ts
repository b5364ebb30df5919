import type { SchemaVersion } from '../../checks/breaking.ts';
import type { Config } from '../../config/config.ts';
import type { Collector } from '../../diagnostic/diagnostic.ts';
import type { World } from '../../io/world.ts';
import { documentOf } from '../../json/document.ts';
import { parseData } from '../../json/parse-data.ts';
import type { SchemaDocument } from '../../load/contracts/contracts.ts';
import { inParallel } from '../../registry/in-parallel.ts';
import { readSchema } from '../../registry/normal-form.ts';
import { type SchemaContent, ServiceFailure } from '../../registry/service.ts';
import { UsageError } from '../command.ts';
import { connectRegistry, usualConcurrency } from '../registry/inputs.ts';

export interface RegistryPlace {
  readonly endpoint: string | undefined;
  readonly region: string | undefined;
}

/**
 * The schemas of a registry as `pull` would write them, the newest versions first; `count`: how many versions of each
 * schema to go back. A schema with fewer versions is as old as its oldest.
 */
export async function inRegistry(
  world: World,
  registry: string,
  count: number,
  place: RegistryPlace,
  config: Config,
  collector: Collector,
): Promise<readonly SchemaVersion[]> {
  if (registry === '') throw new UsageError('say which registry: registry:NAME');
  const service = await connectRegistry(world, place, config);
  try {
    const listed = await service.list(registry);
    if (!listed) throw new UsageError(`there is no registry "${registry}"`);
    const schemas = await inParallel(listed, usualConcurrency, async ({ name }) => {
      if (count === 1) return [await service.describe(registry, name)];
      const versions = (await service.versions(registry, name)).slice(0, count);
      return inParallel(versions, 2, (version) => service.describe(registry, name, version));
    });
    const versions: SchemaVersion[] = [];
    for (let back = 0; back < count; back++) {
      if (back > 0 && schemas.every((each) => each.length <= back)) break;
      const name = back === 0 ? `registry:${registry}` : `registry:${registry}, ${back} back`;
      const documents = schemas.flatMap((each) => {
        const schema = each[Math.min(back, each.length - 1)];
        return schema ? documentIn(registry, schema, collector) : [];
      });
      versions.push({ name, documents });
    }
    if (versions[0]?.documents.length === 0)
      throw new UsageError(`no schema in the registry "${registry}" describes an event type`);
    return versions;
  } catch (error) {
    if (error instanceof ServiceFailure)
      throw new UsageError(`the registry did not answer: ${error.message}`);
    throw error;
  } finally {
    service.close();
  }
}

function documentIn(registry: string, schema: SchemaContent, collector: Collector): SchemaDocument[] {
  const { file } = readSchema(schema);
  if (!file) return [];
  const name = `registry:${registry}/${schema.name}@${schema.version}`;
  const document = documentOf(name, JSON.stringify(file.value, undefined, 2));
  const node = collector.take(parseData(document));
  return node ? [{ path: `${schema.name}.json`, node }] : [];
}
