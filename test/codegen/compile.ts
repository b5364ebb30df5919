import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { GeneratedFile } from '../../src/codegen/generated-file.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const runtime = join(root, 'src/runtime/index.ts');

/** A folder for one test. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'busproof-')));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export function writeFiles(folder: string, files: readonly GeneratedFile[]): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/**
 * What the compiler says of TypeScript in a folder, as strictly as it can be asked, with `isolatedDeclarations`;
 * nothing when all is well.
 */
export function typeErrors(folder: string): string {
  const compilerOptions = {
    target: 'ES2022',
    lib: ['ES2023'],
    module: 'NodeNext',
    moduleResolution: 'NodeNext',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noImplicitOverride: true,
    noUnusedLocals: true,
    isolatedDeclarations: true,
    isolatedModules: true,
    verbatimModuleSyntax: true,
    declaration: true,
    noEmit: true,
    skipLibCheck: true,
    rewriteRelativeImportExtensions: true,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
    paths: { 'busproof/runtime': [runtime] },
  };
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['**/*.ts'] }));
  try {
    execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder], { encoding: 'utf8', stdio: 'pipe' });
    return '';
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

/** Bundles TypeScript as a user would; the AWS SDK stays outside. */
export async function bundle(
  folder: string,
  code: string,
  options: { readonly format?: 'esm' | 'cjs'; readonly minify?: boolean } = {},
): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: folder, loader: 'ts' },
    bundle: true,
    write: false,
    format: options.format ?? 'esm',
    minify: options.minify ?? false,
    platform: 'node',
    target: 'node20',
    alias: { 'busproof/runtime': runtime },
    external: ['@aws-sdk/*'],
    logLevel: 'error',
  });
  return outputFiles[0]!.text;
}

/** Bundles and loads. The bundle stands in the project, where it finds what stays outside. */
export async function load<T>(folder: string, code: string): Promise<T> {
  const text = await bundle(folder, code);
  const stub = 'const PutEventsCommand = class {};';
  const alone = text.replace(/^import \{ PutEventsCommand \} from "@aws-sdk\/client-eventbridge";$/m, stub);
  const path = join(folder, `bundle-${Date.now()}.mjs`);
  writeFileSync(path, alone);
  return (await import(/* @vite-ignore */ pathToFileURL(path).href)) as T;
}
