import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { systemOf } from '../../src/checks/run.ts';
import { defaultConfig } from '../../src/config/config.ts';
import { Collector } from '../../src/diagnostic/diagnostic.ts';
import { documentOf } from '../../src/json/document.ts';
import { loadTemplates } from '../../src/load/index.ts';
import { describeShared, sharedPath } from '../support/shared.ts';

const root = sharedPath('corpus/templates');

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}

interface RawResource {
  readonly Type?: string;
  readonly Properties?: { readonly Role?: unknown; readonly RoleArn?: unknown };
}

/**
 * Functions and state machines that may publish, counted without any of the loader: their own text, or that of a role
 * they name, has the permission.
 */
function mayPublish(text: string): string[] {
  const resources: unknown = readYaml(text)?.Resources;
  if (typeof resources !== 'object' || resources === null) return [];
  const all = Object.entries(resources as Record<string, RawResource | null>);
  const permits = (value: unknown): boolean =>
    /"(?:events:PutEvents|events:\*|EventBridgePutEventsPolicy)"/i.test(JSON.stringify(value ?? null));
  const roles = all
    .filter(([, each]) => each?.Type === 'AWS::IAM::Role' && permits(each))
    .map(([name]) => name);
  const names = (role: unknown): boolean =>
    roles.some((name) => JSON.stringify(role ?? null).match(new RegExp(`"${name}(?:\\.Arn)?"`)));
  return all
    .filter(([, each]) => /^AWS::(?:Serverless|Lambda)::Function$|StateMachine$/.test(each?.Type ?? ''))
    .filter(
      ([, each]) =>
        permits(each?.Properties) || names(each?.Properties?.Role) || names(each?.Properties?.RoleArn),
    )
    .map(([name]) => name);
}

/** Short-form functions are read as their arguments: that is enough here. */
function readYaml(text: string): { readonly Resources?: unknown } | undefined {
  try {
    return parse(text, { logLevel: 'silent', uniqueKeys: false });
  } catch {
    return undefined;
  }
}

/** Components of a template of which it is not said that they publish nothing. */
function publishers(path: string, text: string): Set<string> {
  const { value } = loadTemplates([documentOf(path, text)]);
  const system = {
    parts: value,
    contracts: [],
    diagnostics: [],
    templates: 1,
    schemas: 0,
    resources: value.resources,
  };
  const { topology } = systemOf(system, defaultConfig, new Collector());
  const ids = topology.emissions.map(({ component }) => component);
  return new Set(ids.map((id) => id.slice(id.indexOf('#') + 1)));
}

describeShared('the publishers of the templates of public projects', () => {
  it('are all accounted for, by an independent count', () => {
    let counted = 0;
    const missing: string[] = [];
    for (const file of files(root)) {
      const text = readFileSync(file, 'utf8');
      const expected = mayPublish(text);
      if (expected.length === 0) continue;
      const found = publishers(relative(root, file), text);
      counted += expected.length;
      missing.push(
        ...expected.filter((name) => !found.has(name)).map((name) => `${relative(root, file)}: ${name}`),
      );
    }
    expect(missing).toEqual([]);
    expect(counted).toBeGreaterThan(30);
  });
});
