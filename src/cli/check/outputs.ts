import { isReporterName, type ReporterName, reporterNames, reporters } from '../../report/reporters.ts';
import { UsageError } from '../command.ts';

/** One report, and the file it goes to; without one it goes to standard output. */
export interface Output {
  readonly format: ReporterName;
  readonly file?: string;
}

/**
 * Which reports go where. `--format NAME=FILE` names the file itself, `--output FILE` gives one to the last format
 * that names none. Standard output always gets a report: text, unless a format is left for it.
 */
export function outputsOf(formats: readonly string[], output: string | undefined): readonly Output[] {
  const outputs = formats.map(outputOf);
  if (output !== undefined) {
    const last = outputs.findLastIndex(({ file }) => file === undefined);
    if (last >= 0) outputs[last] = { ...outputs[last]!, file: output };
    else outputs.push({ format: 'text', file: output });
  }
  const printed = outputs.filter(({ file }) => file === undefined);
  if (printed.length === 0) outputs.push({ format: 'text' });
  else if (printed.length > 1) refuseMixture(printed.map(({ format }) => format));
  refuseSameFile(outputs);
  return outputs;
}

function outputOf(text: string): Output {
  const equals = text.indexOf('=');
  const format = equals < 0 ? text : text.slice(0, equals);
  if (!isReporterName(format)) {
    throw new UsageError(`--format is one of ${reporterNames.join(', ')}; "${format}" is not`);
  }
  if (equals < 0) return { format };
  const file = text.slice(equals + 1);
  if (file === '') throw new UsageError(`--format ${format}= names no file`);
  return { format, file };
}

/** Text and annotations may follow each other in a build log; two documents in one stream are none. */
function refuseMixture(formats: readonly ReporterName[]): void {
  const alone = formats.find((format) => !('lines' in reporters[format]));
  if (alone === undefined && new Set(formats).size === formats.length) return;
  throw new UsageError(
    `${formats.join(' and ')} would both go to standard output: give one a file, as in --format ${alone ?? formats[0]}=FILE`,
  );
}

function refuseSameFile(outputs: readonly Output[]): void {
  const files = outputs.flatMap(({ file }) => (file === undefined ? [] : [file]));
  const twice = files.find((file, i) => files.indexOf(file) !== i);
  if (twice !== undefined) throw new UsageError(`two reports would go to the file ${twice}`);
}
