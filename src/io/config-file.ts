import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Config, defaultConfig, parseConfig } from '../config/config.ts';
import { type Diagnostic, finding, outcome } from '../diagnostic/diagnostic.ts';
import { documentOf } from '../json/document.ts';
import { nodeOf, wholeSpan } from '../json/node.ts';
import { parseData } from '../json/parse-data.ts';
import type { JsonValue } from '../json/value.ts';
import { exists } from './find-files.ts';
import { shownPath, type World } from './world.ts';

export const configNames: readonly string[] = ['ts', 'mts', 'js', 'mjs', 'json', 'yaml', 'yml'].map(
  (extension) => `busproof.config.${extension}`,
);

export interface FoundConfig {
  readonly config: Config;
  readonly diagnostics: readonly Diagnostic[];
  /** The folder that paths in the config count from. */
  readonly folder: string;
  /** Undefined when there is none and the defaults hold. */
  readonly path: string | undefined;
}

/** Reads the named config file, or the one of the folder, or none. */
export async function findConfig(
  world: Pick<World, 'cwd'>,
  folder: string,
  named: string | undefined,
): Promise<FoundConfig> {
  const path = configPath(world, folder, named);
  if (path === undefined || isData(path)) return readConfig(world, folder, path);
  let module: Evaluated;
  try {
    module = { value: await evaluate(path) };
  } catch (error) {
    module = { error: error as Error };
  }
  return readConfig(world, folder, path, module);
}

/** The same at once, for those who are called where nothing can be waited for. */
export function findConfigNow(
  world: Pick<World, 'cwd'>,
  folder: string,
  named: string | undefined,
): FoundConfig {
  const path = configPath(world, folder, named);
  if (path === undefined || isData(path)) return readConfig(world, folder, path);
  let module: Evaluated;
  try {
    module = { value: evaluateNow(path) };
  } catch (error) {
    module = { error: error as Error };
  }
  return readConfig(world, folder, path, module);
}

function configPath(
  world: Pick<World, 'cwd'>,
  folder: string,
  named: string | undefined,
): string | undefined {
  if (named !== undefined) return resolve(world.cwd, named);
  return configNames.map((name) => join(folder, name)).find(exists);
}

function isData(path: string): boolean {
  return /\.(json|ya?ml)$/.test(path);
}

/** What a config module exports, or why it does not. */
type Evaluated = { readonly value: JsonValue } | { readonly error: Error };

function readConfig(
  world: Pick<World, 'cwd'>,
  folder: string,
  path: string | undefined,
  module?: Evaluated,
): FoundConfig {
  if (path === undefined) return { config: defaultConfig, diagnostics: [], folder, path };
  const document = documentOf(shownPath(world.cwd, path), readFileSync(path, 'utf8'));
  const found = { folder: dirname(path), path };
  const span = wholeSpan(document);
  if (module && 'error' in module) {
    const params = { path: document.path, problem: module.error.message };
    return {
      ...found,
      config: defaultConfig,
      diagnostics: [finding('input/unreadable', params, { span })],
    };
  }
  const { value: node, diagnostics } = module ? outcome(nodeOf(module.value, span)) : parseData(document);
  if (!node) return { ...found, config: defaultConfig, diagnostics };
  const parsed = parseConfig(node);
  return { ...found, config: parsed.value, diagnostics: [...diagnostics, ...parsed.diagnostics] };
}

/** A config module's default export, as plain JSON. TypeScript goes through jiti, loaded only then. */
async function evaluate(path: string): Promise<JsonValue> {
  const module = /\.m?ts$/.test(path) ? await importTypeScript(path) : await import(pathToFileURL(path).href);
  return plain(module.default ?? module);
}

async function importTypeScript(path: string): Promise<{ default?: unknown }> {
  const { createJiti } = await import('jiti');
  return createJiti(import.meta.url).import(path);
}

function evaluateNow(path: string): JsonValue {
  const { createJiti } = createRequire(import.meta.url)('jiti') as typeof import('jiti');
  const module = createJiti(import.meta.url)(path) as { default?: unknown };
  return plain(module.default ?? module);
}

function plain(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}
