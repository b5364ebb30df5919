import { join } from 'node:path';
import { type Diagnostic, finding } from '../../diagnostic/diagnostic.ts';
import { exists } from '../../io/find-files.ts';
import { replaceTextFile } from '../../io/repository.ts';
import { shownPath, type World } from '../../io/world.ts';
import { printEventType } from '../../model/event-type.ts';
import { registryContent } from '../../registry/content.ts';
import { inParallel } from '../../registry/in-parallel.ts';
import { schemaPath } from '../../registry/names.ts';
import { readSchema, sameContent } from '../../registry/normal-form.ts';
import { type SchemaContent, schemaTypes } from '../../registry/service.ts';
import { type ExitCode, UsageError } from '../command.ts';
import {
  connectRegistry,
  type RegistryArgs,
  type RegistryInputs,
  readInputs,
  registryName,
  tell,
  usualConcurrency,
} from './inputs.ts';

export interface PullArgs extends RegistryArgs {
  readonly out: string | undefined;
  readonly overwrite: boolean;
}

/** What became of a schema of the registry, and the file that it is in. */
interface Pulled {
  readonly fate: 'new' | 'replaced' | 'in step' | 'left';
  readonly path: string;
  readonly finding?: Diagnostic;
}

/** `registry pull`: writes the schemas of a registry into the folder of schemas; local changes stay, unless told. */
export async function runPull(world: World, folder: string | undefined, args: PullArgs): Promise<ExitCode> {
  const inputs = await readInputs(world, folder, args);
  const { config } = inputs;
  const registry = registryName(args, config);
  const schemas = await everySchema(world, registry, args, inputs);
  if (!schemas) throw new UsageError(`there is no registry "${registry}"`);
  const pulled = schemas.map((schema) => pullOne(world, inputs, registry, schema, args));
  const failed = await tell(
    world,
    pulled.flatMap(({ finding: one }) => one ?? []),
    config,
  );
  const lines = pulled
    .filter(({ fate }) => fate === 'new' || fate === 'replaced')
    .map(({ fate, path }) => `  ${fate.padEnd(8)}  ${path}\n`);
  const count = (fate: Pulled['fate']) => pulled.filter((each) => each.fate === fate).length;
  const totals = `${count('new')} new, ${count('replaced')} replaced, ${count('in step')} in step, ${count('left')} left`;
  await world.out(`${lines.join('')}${lines.length > 0 ? '\n' : ''}Pulled from ${registry}: ${totals}.\n`);
  return failed ? 1 : 0;
}

/** The newest version of every schema of a registry; undefined if there is no such registry. */
export async function everySchema(
  world: World,
  registry: string,
  args: RegistryArgs,
  { config }: Pick<RegistryInputs, 'config'>,
): Promise<readonly SchemaContent[] | undefined> {
  const service = await connectRegistry(world, args, config);
  try {
    const listed = await service.list(registry);
    if (!listed) return undefined;
    const read = await inParallel(listed, usualConcurrency, ({ name }) => service.describe(registry, name));
    return read.filter((one) => one !== undefined);
  } finally {
    service.close();
  }
}

function pullOne(
  world: World,
  { contracts, schemasFolder }: RegistryInputs,
  registry: string,
  schema: SchemaContent,
  { out, overwrite }: PullArgs,
): Pulled {
  const { name } = schema;
  const read = readSchema(schema);
  if (!read.file)
    return { fate: 'left', path: name, finding: finding('registry/not-an-event', { registry, name }) };
  const { type, value } = read.file;
  const text = `${JSON.stringify(value, undefined, 2)}\n`;
  const known = contracts.find(({ id }) => id === printEventType(type));
  const folder = out === undefined ? schemasFolder : join(world.cwd, out);
  const path = known ? join(world.cwd, known.span.document.path) : join(folder, schemaPath(type));
  const shown = shownPath(world.cwd, path);
  if (known) {
    const language = schemaTypes.find((one) => one === schema.type) ?? 'JSONSchemaDraft4';
    const ours = registryContent(known, language);
    if (ours && sameContent(ours.value, read, language, schema.type)) return { fate: 'in step', path: shown };
  }
  const there = exists(path);
  if (there && !(overwrite && path.endsWith('.json'))) {
    const fix = path.endsWith('.json')
      ? { text: 'put yours up with "busproof registry apply", or take the registry\'s with --overwrite' }
      : { text: 'it is no JSON file: move it away, and pull again' };
    const params = { path: shown, name, registry };
    return { fate: 'left', path: shown, finding: finding('registry/local-changes', params, { fix }) };
  }
  replaceTextFile(path, text);
  return { fate: there ? 'replaced' : 'new', path: shown };
}
