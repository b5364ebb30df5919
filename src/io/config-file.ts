import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Config, defaultConfig, parseConfig } from '../config/config.ts';
import { type Diagnostic, finding } from '../diagnostic/diagnostic.ts';
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
  const path = named === undefined ? configIn(folder) : resolve(world.cwd, named);
  if (path === undefined) return { config: defaultConfig, diagnostics: [], folder, path: undefined };
  const { config, diagnostics } = await readConfig(world, path);
  return { config, diagnostics, folder: dirname(path), path };
}

function configIn(folder: string): string | undefined {
  return configNames.map((name) => join(folder, name)).find(exists);
}

async function readConfig(
  world: Pick<World, 'cwd'>,
  path: string,
): Promise<{ config: Config; diagnostics: readonly Diagnostic[] }> {
  const document = documentOf(shownPath(world.cwd, path), readFileSync(path, 'utf8'));
  if (/\.(json|ya?ml)$/.test(path)) {
    const { value: node, diagnostics } = parseData(document);
    if (!node) return { config: defaultConfig, diagnostics };
    const parsed = parseConfig(node);
    return { config: parsed.value, diagnostics: [...diagnostics, ...parsed.diagnostics] };
  }
  const span = wholeSpan(document);
  try {
    const { value: config, diagnostics } = parseConfig(nodeOf(await evaluate(path), span));
    return { config, diagnostics };
  } catch (error) {
    const problem = (error as Error).message;
    return {
      config: defaultConfig,
      diagnostics: [finding('input/unreadable', { path: document.path, problem }, { span })],
    };
  }
}

/** A config module's default export, as plain JSON. TypeScript goes through jiti, loaded only then. */
async function evaluate(path: string): Promise<JsonValue> {
  const module = /\.m?ts$/.test(path) ? await importTypeScript(path) : await import(pathToFileURL(path).href);
  const value: unknown = module.default ?? module;
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}

async function importTypeScript(path: string): Promise<{ default?: unknown }> {
  const { createJiti } = await import('jiti');
  return createJiti(import.meta.url).import(path);
}
