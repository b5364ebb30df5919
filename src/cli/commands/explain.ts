import { findings, isCode } from '../../diagnostic/findings.ts';
import { nearest } from '../../json/nearest.ts';
import { defineCommand, type ExitCode, UsageError } from '../command.ts';
import { pageOfFinding } from '../finding-page.ts';

/** `busproof explain`: the page of a finding, or the list of all. */
export const explain = defineCommand({
  name: 'explain',
  summary: 'Tell what a finding means and how to mend it',
  description: '',
  positionals: '[CODE]',
  options: {},
  examples: [['busproof explain loop/endless', 'the page of that finding']],
  async run(_args, positionals, world): Promise<ExitCode> {
    const [code] = positionals;
    if (code === undefined) {
      await world.out(`${listOfCodes()}\n`);
      return 0;
    }
    if (!isCode(code)) {
      const near = nearest(code, Object.keys(findings));
      throw new UsageError(
        `there is no finding "${code}"${near === undefined ? '' : `; did you mean ${near}?`}`,
      );
    }
    await world.out(pageOfFinding(code));
    return 0;
  },
});

function listOfCodes(): string {
  const width = Math.max(...Object.keys(findings).map(({ length }) => length));
  return Object.entries(findings)
    .map(([code, { severity, title }]) => `${code.padEnd(width)}  ${severity.padEnd(7)}  ${title}`)
    .join('\n');
}
