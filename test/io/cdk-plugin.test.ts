import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, Stack, Validations } from 'aws-cdk-lib';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { MangaAssistStack as After } from '../../examples/mangaassist/cdk/after/manga-assist-stack.ts';
import { MangaAssistStack as Before } from '../../examples/mangaassist/cdk/before/manga-assist-stack.ts';
import { BusproofValidation, type BusproofValidationOptions } from '../../src/io/cdk-plugin.ts';
import { folderWith, projectRoot } from '../support/cli.ts';
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
function synth(
  System: typeof Before | typeof After,
  when: string,
): { out: string; error: Error | undefined } {
  const out = outdir();
  const app = new App({ outdir: out, analyticsReporting: false });
  const config = join(projectRoot, 'examples/mangaassist/cdk', when, 'busproof.config.yaml');
  Validations.of(app).addPlugins(new BusproofValidation({ config }));
  new System(app, 'MangaAssist');
  return silently(() => {
    try {
      app.synth();
      return { out, error: undefined };
    } catch (error) {
      return { out, error: error as Error };
    }
  });
}

/** The CDK prints what it reports. */
function silently<T>(act: () => T): T {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  try {
    return act();
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

/** A target that calls a model and is retried as AWS does it by default: a warning, and no more. */
const warned = JSON.stringify({
  Resources: {
    Fn: {
      Type: 'AWS::Lambda::Function',
      Metadata: { Busproof: { callsModel: true, publishes: [] } },
      Properties: {
        Code: { ZipFile: 'exports.handler = () => {};' },
        Handler: 'index.handler',
        Runtime: 'nodejs22.x',
      },
    },
    Rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: { source: ['a'] },
        Targets: [{ Id: 'T', Arn: { 'Fn::GetAtt': ['Fn', 'Arn'] } }],
      },
    },
  },
});

describe('the plugin', () => {
  it('fails from the severity on that it is told', () => {
    const template = join(folderWith({ 'A.template.json': warned }), 'A.template.json');
    const context = { templatePaths: [template], stackTemplates: [{ stackConstructPath: 'Stage/A' }] };
    const least = (minSeverity: 'error' | 'warning' | 'info') =>
      new BusproofValidation({ minSeverity }).validate(context);
    expect(least('error').success).toBe(true);
    expect(least('error').violations.map(({ severity }) => severity)).toContain('warning');
    expect(least('warning').success).toBe(false);
    expect(least('info').violations.length).toBeGreaterThan(least('warning').violations.length);
    expect(least('warning').violations).toMatchObject([
      {
        ruleName: 'target/retry-in-front-of-model',
        violatingResources: [
          { resourceLogicalId: 'Rule', templatePath: template, locations: ['Properties/Targets/0'] },
        ],
      },
    ]);
  });

  it('reads what is not in the app too', () => {
    const folder = folderWith({ 'A.template.json': warned, 'other.yaml': 'Resources: [' });
    const plugin = new BusproofValidation({ also: [join(folder, 'other.yaml')] });
    // The older context names no stacks.
    const { success, violations } = plugin.validate({ templatePaths: [join(folder, 'A.template.json')] });
    expect(success).toBe(false);
    expect(violations).toContainEqual(
      expect.objectContaining({
        ruleName: 'input/syntax',
        violatingResources: [
          { resourceLogicalId: '', templatePath: join(folder, 'other.yaml'), locations: [] },
        ],
      }),
    );
  });

  it('takes a config that is a module, without waiting', () => {
    const folder = folderWith({
      'A.template.json': warned,
      'busproof.config.ts': "const preset: string = 'strict';\nexport default { preset, severities: 7 };\n",
    });
    const plugin = new BusproofValidation({ config: join(folder, 'busproof.config.ts') });
    const { violations } = plugin.validate({ templatePaths: [join(folder, 'A.template.json')] });
    expect(violations.map(({ ruleName }) => ruleName.split('/')[0])).toContain('config');
  });

  it('works as the older property of an app', () => {
    const app = new App({
      outdir: outdir(),
      analyticsReporting: false,
      policyValidationBeta1: [new BusproofValidation()],
    });
    const stack = new Stack(app, 'Wrong');
    new CfnResource(stack, 'Rule', {
      type: 'AWS::Events::Rule',
      properties: { EventPattern: { source: [{ prefix: 7 }] }, State: 'ENABLED' },
    });
    silently(() => expect(() => app.synth()).toThrow());
  });

  it.each([
    [{ minSeverty: 'error' }, 'no option "minSeverty"'],
    [{ minSeverity: 'high' }, 'minSeverity must be one of'],
    [{ preset: 'mild' }, 'preset must be one of'],
    [{ config: 5 }, 'config must be the path'],
    [{ also: 'x' }, 'also must be a list'],
  ])('says what is wrong with its options: %j', (options, problem) => {
    expect(() => new BusproofValidation(options as BusproofValidationOptions)).toThrow(problem);
  });

  it('says so when there is no such config file', () => {
    const plugin = new BusproofValidation({ config: 'nowhere.yaml' });
    expect(() => plugin.validate({ templatePaths: [] })).toThrow('there is no config file "nowhere.yaml"');
  });
});
