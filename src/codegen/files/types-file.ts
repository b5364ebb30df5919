import { type GeneratedFile, header } from '../generated-file.ts';
import type { GenerateOptions } from '../options.ts';

/** `types.ts`: the types of all details, and of the definitions they share. */
export function typesFile(types: string, options: GenerateOptions): GeneratedFile {
  return { path: 'types.ts', text: `${header(options, 'all event schemas')}${types || 'export {};\n'}` };
}
