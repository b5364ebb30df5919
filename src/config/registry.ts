import { valueOf } from '../json/node.ts';
import { setOwn } from '../json/value.ts';
import { SettingsReader } from './reader.ts';

/** How `busproof registry` reaches the EventBridge schema registry, and what it keeps there; undefined has a default. */
export interface RegistrySettings {
  readonly name: string | undefined;
  /** The language schemas go up in. */
  readonly type: 'JSONSchemaDraft4' | 'OpenApi3' | undefined;
  readonly description: string | undefined;
  readonly region: string | undefined;
  /** Tags of the registry and of every schema; others are left alone. */
  readonly tags: Readonly<Record<string, string>>;
  /** Names of schemas by event type. */
  readonly names: Readonly<Record<string, string>>;
  /** The account's own quotas, where AWS raised them, or where fewer versions are to be kept. */
  readonly schemas: number | undefined;
  readonly versions: number | undefined;
}

export const defaultRegistrySettings: RegistrySettings = {
  name: undefined,
  type: undefined,
  description: undefined,
  region: undefined,
  tags: {},
  names: {},
  schemas: undefined,
  versions: undefined,
};

/** Reads the section `registry` of the config. */
export function registrySettings(reader: SettingsReader): RegistrySettings {
  const node = reader.raw('registry');
  if (!node) return defaultRegistrySettings;
  const own = new SettingsReader(node, 'registry', reader.collector);
  const texts = (key: string): Record<string, string> => {
    const found: Record<string, string> = {};
    for (const { name, value } of own.entries(key)) {
      const plain = value.kind === 'number' ? value.raw : valueOf(value);
      if (typeof plain === 'string' || typeof plain === 'boolean') setOwn(found, name, String(plain));
      else own.refuse(value, `registry: ${key}: ${name}`, 'a text');
    }
    return found;
  };
  const settings: RegistrySettings = {
    name: own.text('name'),
    type: own.read('type', '"JSONSchemaDraft4" or "OpenApi3"', (value) => {
      const text = valueOf(value);
      return text === 'JSONSchemaDraft4' || text === 'OpenApi3' ? text : undefined;
    }),
    description: own.text('description'),
    region: own.text('region'),
    tags: texts('tags'),
    names: texts('names'),
    schemas: own.whole('schemas', 1),
    versions: own.whole('versions', 2),
  };
  own.done();
  return settings;
}
