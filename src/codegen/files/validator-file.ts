import type { GeneratedEvent } from '../catalogue.ts';
import { type GeneratedFile, header, importLine, runtimeFrom } from '../generated-file.ts';
import type { GenerateOptions } from '../options.ts';

/** `validators/reviewSubmitted.ts`: Ajv's code. It is JavaScript, so TypeScript is asked not to look inside. */
export function validatorFile(event: GeneratedEvent, options: GenerateOptions): GeneratedFile {
  const { contract, names, validator } = event;
  const imports = [...validator.imports, 'type Validator'];
  const text = [
    '// @ts-nocheck\n',
    header(options, contract.span.document.path),
    importLine(imports, runtimeFrom(options, 1)),
    '\n',
    validator.body,
  ].join('');
  return { path: `validators/${names.value}.ts`, text };
}
