import { relative, resolve } from 'node:path';
import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { exists, isFolder } from '../../io/find-files.ts';
import { type GenerateInputs, generateInputs } from '../../io/generate-inputs.ts';
import {
  compareFolder,
  type Difference,
  foreignFiles,
  isCurrent,
  manifestFile,
  replaceFolder,
} from '../../io/generated-folder.ts';
import { whenChanged } from '../../io/watch.ts';
import type { World } from '../../io/world.ts';
import { diff } from '../../report/diff.ts';
import { printFinding } from '../../report/text.ts';
import { defineCommand, type ExitCode, UsageError } from '../command.ts';
import { interrupted } from '../interrupted.ts';
import { toolVersion } from '../version.ts';

/** `busproof generate`: schemas → typed publishers, consumers and patterns. */
export const generate = defineCommand({
  name: 'generate',
  summary: 'Write typed publishers, consumers and event patterns from event schemas',
  description: [
    'Compiles the event schemas of a folder into TypeScript: types, validators, publishers, consumers, event patterns',
    'and a catalogue. The generated code imports busproof/runtime and nothing else.',
    '',
    'What a consumer may publish comes from the declarations in the config (components) and in template Metadata;',
    'in a system without any, every consumer may publish every event type.',
    '',
    'The output folder (generated/, or generate.out of the config) is replaced as a whole, and only if all schemas',
    'compile. Unchanged inputs do no work.',
    '',
    'Exit code: 0 written or up to date, 1 a schema does not compile or --check found differences, 2 could not run.',
    '',
  ].join('\n'),
  positionals: '[FOLDER]',
  options: {
    config: { type: 'string', value: 'FILE', help: 'the config file (default: the one in the folder)' },
    out: { type: 'string', value: 'FOLDER', help: 'the output folder (default: generated/)' },
    check: { type: 'boolean', help: 'write nothing; fail with a diff when the folder is not up to date' },
    force: { type: 'boolean', help: 'generate even when the inputs are those of the last time' },
    watch: { type: 'boolean', help: 'stay, and generate again whenever a schema changes' },
  },
  examples: [
    ['busproof generate', 'write generated/ from schemas/'],
    ['busproof generate --check', 'in CI: fail when someone forgot to generate'],
    ['busproof generate --watch', 'while you work on schemas'],
  ],
  async run(args, positionals, world): Promise<ExitCode> {
    if (positionals.length > 1) throw new UsageError('generate takes one folder');
    const folder = resolve(world.cwd, positionals[0] ?? '.');
    if (!isFolder(folder)) throw new UsageError(`there is no folder "${positionals[0]}"`);
    if (args.check && args.watch) throw new UsageError('--check and --watch do not go together');
    const read = () => generateInputs(world, folder, args.config, args.out, toolVersion());
    const inputs = await read();
    const first = args.check ? await compare(world, inputs) : await write(world, inputs, args.force);
    if (!args.watch) return first;
    await world.err('busproof: watching the schemas; stop with Ctrl+C\n');
    const again = async () => {
      await write(world, await read());
    };
    await whenChanged(inputs.watched.filter(exists), again, interrupted());
    return 0;
  },
});

/** Generates and writes, unless nothing changed. */
async function write(world: World, inputs: GenerateInputs, force = false): Promise<ExitCode> {
  const { out } = inputs;
  const shown = relative(world.cwd, out) || '.';
  if (!force && isCurrent(out, inputs.fingerprint)) {
    await world.out(`${shown} is up to date\n`);
    return 0;
  }
  const generated = await filesOf(world, inputs);
  if (!generated) return 1;
  const { files, count } = generated;
  const foreign = foreignFiles(out);
  if (foreign.length > 0) {
    throw new UsageError(
      `${shown} holds files that were not generated (${foreign.slice(0, 3).join(', ')}); choose an empty folder with --out`,
    );
  }
  replaceFolder(out, files);
  const events = count === 1 ? '1 event type' : `${count} event types`;
  await world.out(`${shown}: ${files.length} files for ${events}\n`);
  return 0;
}

/** Generates, and compares with what is there. */
async function compare(world: World, inputs: GenerateInputs): Promise<ExitCode> {
  const generated = await filesOf(world, inputs);
  if (!generated) return 1;
  const { files } = generated;
  const shown = relative(world.cwd, inputs.out) || '.';
  const differences = compareFolder(inputs.out, files);
  if (differences.length === 0) {
    await world.out(`${shown} is up to date\n`);
    return 0;
  }
  const shownFirst = differences.slice(0, 5).map((difference) => printDifference(shown, difference));
  const more = differences.length > 5 ? `… and ${differences.length - 5} more files\n` : '';
  await world.out(shownFirst.join('') + more);
  await world.err(`busproof: ${shown} is not up to date; run "busproof generate"\n`);
  return 1;
}

function printDifference(folder: string, { path, found, wanted }: Difference): string {
  const name = `${folder}/${path}`;
  if (found === undefined) return `${name} is missing\n`;
  if (wanted === undefined) return `${name} should not be there\n`;
  return diff(name, found, wanted);
}

/** All files with their manifest; undefined, after telling why, when a schema does not compile. */
async function filesOf(world: World, inputs: GenerateInputs) {
  // Ajv and json-schema-to-typescript are loaded only when there is something to do.
  const { generateFiles } = await import('../../codegen/generate.ts');
  const contracts = inputs.contracts({ examine: false });
  if (await tell(world, contracts.diagnostics)) return undefined;
  const generated = await generateFiles(contracts.value, inputs.options);
  const failed = generated.diagnostics.some(({ severity }) => severity === 'error');
  // The places inside the schemas, where there is something to say of them, say more than the whole schema's.
  const examined = failed
    ? inputs.contracts({ examine: true }).diagnostics.filter(({ code }) => code === 'schema/invalid')
    : [];
  const others = generated.diagnostics.filter(
    ({ code }) => examined.length === 0 || code !== 'schema/invalid',
  );
  if (await tell(world, [...examined, ...others])) return undefined;
  if (contracts.value.length === 0) throw new UsageError(`no event schema was found below ${inputs.folder}`);
  const { version } = inputs.options;
  const manifest = manifestFile(generated.value, version, inputs.fingerprint);
  return { files: [...generated.value, manifest], count: contracts.value.length };
}

/** Prints findings; true when one of them is an error. */
async function tell(world: World, diagnostics: readonly Diagnostic[]): Promise<boolean> {
  const options = { color: world.color, columns: world.columns, verbose: true };
  for (const diagnostic of diagnostics) await world.err(`${printFinding(diagnostic, options)}\n\n`);
  return diagnostics.some(({ severity }) => severity === 'error');
}
