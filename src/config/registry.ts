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

/** The service's limits; `registry/limits.ts` has them all. */
const REGISTRY_NAME = /^[A-Za-z_.@-][0-9A-Za-z_.@-]{0,63}$/;
const DESCRIPTION = 256;
const SCHEMA_NAME = 385;
const TAG_KEY = 128;
const TAG_VALUE = 256;

/** Reads the section `registry` of the config. */
export function registrySettings(reader: SettingsReader): RegistrySettings {
  const node = reader.raw('registry');
  if (!node) return defaultRegistrySettings;
  const own = new SettingsReader(node, 'registry', reader.collector);
  const texts = (key: string, longest: number, longestKey: number): Record<string, string> => {
    const found: Record<string, string> = {};
    for (const { name, value } of own.entries(key)) {
      const plain = value.kind === 'number' ? value.raw : String(valueOf(value));
      const fits = ['string', 'number', 'boolean'].includes(value.kind) && plain.length <= longest;
      if (fits && name.length <= longestKey) setOwn(found, name, plain);
      else own.refuse(value, `registry: ${key}: ${name}`, `a text of at most ${longest} characters`);
    }
    return found;
  };
  const settings: RegistrySettings = {
    name: own.read(
      'name',
      'a name of at most 64 letters, digits, ".", "_", "-" and "@", no digit first',
      (value) => (value.kind === 'string' && REGISTRY_NAME.test(value.value) ? value.value : undefined),
    ),
    type: own.read('type', '"JSONSchemaDraft4" or "OpenApi3"', (value) => {
      const text = valueOf(value);
      return text === 'JSONSchemaDraft4' || text === 'OpenApi3' ? text : undefined;
    }),
    description: own.read('description', 'a text of at most 256 characters', (value) =>
      value.kind === 'string' && value.value.length <= DESCRIPTION ? value.value : undefined,
    ),
    region: own.text('region'),
    tags: texts('tags', TAG_VALUE, TAG_KEY),
    names: texts('names', SCHEMA_NAME, Number.POSITIVE_INFINITY),
    schemas: own.whole('schemas', 1),
    versions: own.whole('versions', 2),
  };
  own.done();
  return settings;
}
