import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { MangaAssistStack as After } from '../../examples/mangaassist/cdk/after/manga-assist-stack.ts';
import { MangaAssistStack as Before } from '../../examples/mangaassist/cdk/before/manga-assist-stack.ts';
import { BusproofValidation } from '../../src/io/cdk-plugin.ts';
import { projectRoot } from '../support/cli.ts';
import { systemOf } from '../support/same-system.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function outdir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'busproof-cdk-'));
  folders.push(folder);
  return folder;
}

/** Synthesises an app with the plugin; what CDK's own validation would say is of no interest. */
function synth(Stack: typeof Before | typeof After, when: string): { out: string; error: Error | undefined } {
  const out = outdir();
  const app = new App({ outdir: out, analyticsReporting: false });
  const config = join(projectRoot, 'examples/mangaassist/cdk', when, 'busproof.config.yaml');
  Validations.of(app).addPlugins(new BusproofValidation({ config }));
  new Stack(app, 'MangaAssist');
  vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  try {
    app.synth();
    return { out, error: undefined };
  } catch (error) {
    return { out, error: error as Error };
  } finally {
    vi.restoreAllMocks();
  }
}

interface ValidationReport {
  readonly pluginReports: readonly {
    readonly pluginName: string;
    readonly violations: readonly {
      readonly ruleName: string;
      readonly description: string;
      readonly suggestedFix?: string;
      readonly severity: string;
      readonly violatingConstructs: readonly {
        readonly constructPath: string;
        readonly cloudFormationResource?: { readonly logicalId: string; readonly propertyPaths?: string[] };
      }[];
    }[];
  }[];
}

describe('MangaAssist written for the CDK', () => {
  it('before: cannot be synthesised, and is the system that it is in SAM', async () => {
    const { out, error } = synth(Before, 'before');
    expect(error).toBeInstanceOf(Error);
    const text = readFileSync(join(out, 'validation-report.json'), 'utf8');
    const { pluginReports } = JSON.parse(text) as ValidationReport;
    const { violations } = pluginReports.find(({ pluginName }) => pluginName === 'busproof')!;
    const loops = violations.filter(({ ruleName }) => ruleName === 'loop/endless');
    expect(loops).toHaveLength(3);
    for (const { severity, suggestedFix, description, violatingConstructs } of loops) {
      expect(severity).toBe('error');
      expect(suggestedFix).toContain('list the sources in MangaAssist-AllEvents-Analytics');
      expect(description).toMatch(
        /before\/manga-assist-stack\.ts:\d+:\d+ makes MangaAssist\/AllEventsAnalyticsRule/,
      );
      expect(violatingConstructs).toMatchObject([
        {
          constructPath: 'MangaAssist/AllEventsAnalyticsRule/Resource',
          cloudFormationResource: { logicalId: expect.stringMatching(/^AllEventsAnalyticsRule/) },
        },
      ]);
    }
    expect(await systemOf('cdk/before', out)).toEqual(await systemOf('before'));
  });

  it('after: can be, and is', async () => {
    const { out, error } = synth(After, 'after');
    expect(error).toBeUndefined();
    expect(await systemOf('cdk/after', out)).toEqual(await systemOf('after'));
  });

  it('is made as the documentation says', () => {
    const page = readFileSync(join(projectRoot, 'docs/cdk.md'), 'utf8');
    const [, snippet] = /```ts\n([\s\S]*?)```/.exec(page)!;
    const app = readFileSync(join(projectRoot, 'examples/mangaassist/cdk/before/app.ts'), 'utf8');
    expect(app.replace('../../../../src/io/cdk-plugin.ts', 'busproof/cdk')).toBe(snippet);
  });
});
