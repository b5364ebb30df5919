import { Collector, finding, type Outcome, outcome } from '../diagnostic/diagnostic.ts';
import { withPaths } from '../load/contracts/bundle.ts';
import type { Contract } from '../model/contract.ts';
import { Library, NOWHERE } from '../schema/library.ts';
import type { GeneratedEvent } from './catalogue.ts';
import { chainMembers } from './chain-members.ts';
import { eventNames } from './event-names.ts';
import { catalogFile } from './files/catalog-file.ts';
import { componentFile, consumeFile } from './files/consume-file.ts';
import { eventFile } from './files/event-file.ts';
import { indexFile } from './files/index-file.ts';
import { patternFile } from './files/pattern-file.ts';
import { publishFile } from './files/publish-file.ts';
import { typesFile } from './files/types-file.ts';
import { validatorFile } from './files/validator-file.ts';
import type { GeneratedFile } from './generated-file.ts';
import type { GenerateOptions } from './options.ts';
import { Declarations } from './types/declarations.ts';
import { compareText, renderTypes } from './types/render.ts';
import { dialectOfSchema, schemaProblem } from './validators/ajv.ts';
import { doubtsOf } from './validators/doubts.ts';
import { extentOf, overBudget } from './validators/extent.ts';
import { generateValidator } from './validators/generate.ts';

/**
 * Contracts → the files of the generated folder, sorted by path: the same contracts and options give the same bytes.
 * A contract that cannot be compiled is a finding (an error), and then there are no files at all.
 */
export async function generateFiles(
  contracts: readonly Contract[],
  options: GenerateOptions,
): Promise<Outcome<readonly GeneratedFile[]>> {
  const collector = new Collector();
  const sorted = [...contracts].sort((a, b) => compareText(a.id, b.id));
  const names = eventNames(sorted, options.names);
  const events = sorted.flatMap((contract): GeneratedEvent[] => {
    const validator = collector.take(validatorOf(contract));
    if (!validator) return [];
    const library = new Library({ uri: NOWHERE, schema: contract.detailSchema }, []);
    const members = chainMembers(library, options.members);
    if (members.depth === undefined) {
      collector.add(
        finding(
          'schema/no-depth',
          { eventType: contract.id, member: options.members.depth },
          { span: contract.span },
        ),
      );
    }
    return [{ contract, library, names: names.get(contract.id)!, members, validator }];
  });
  if (events.length < sorted.length) return outcome([], collector.diagnostics);
  const declarations = new Declarations();
  for (const event of events) declarations.addEvent(event.contract, event.library, event.names.type);
  const types = await renderTypes(declarations);
  const files = [
    typesFile(types.text, options),
    catalogFile(events, options),
    publishFile(events, options),
    consumeFile(events, options),
    patternFile(events, options),
    indexFile(events, options),
    ...events.flatMap((event) => [eventFile(event, options), validatorFile(event, options)]),
    ...options.components.flatMap((component) => componentFile(component, events, options) ?? []),
  ];
  const byPath = files.sort((a, b) => compareText(a.path, b.path));
  return outcome(byPath, collector.diagnostics);
}

type ValidatorCode = ReturnType<typeof generateValidator>;

function validatorOf(contract: Contract): Outcome<ValidatorCode | undefined> {
  const { detailSchema, id, span } = contract;
  const over = overBudget(extentOf(detailSchema), dialectOfSchema(detailSchema));
  if (over !== undefined) {
    return outcome(undefined, [finding('schema/not-expressible', { eventType: id, reason: over }, { span })]);
  }
  const problem = schemaProblem(detailSchema);
  if (problem !== undefined) return outcome(undefined, [finding('schema/invalid', { ...problem }, { span })]);
  const doubts = doubtsOf(detailSchema).map((doubt) =>
    finding('schema/validator-limit', { eventType: id, ...doubt }, { span }),
  );
  try {
    return outcome(generateValidator(detailSchema), doubts);
  } catch (error) {
    const reason = reasonOf(error as Error);
    return outcome(undefined, [
      ...doubts,
      finding('schema/not-expressible', { eventType: id, reason }, { span }),
    ]);
  }
}

function reasonOf(error: Error): string {
  // Ajv writes names into addresses.
  if (error instanceof URIError) return 'a name in it has half of a surrogate pair, which is no character';
  return withPaths(error.message);
}
