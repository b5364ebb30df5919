import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import BusproofServerlessPlugin, { type ServerlessInstance } from '../../src/io/serverless-plugin.ts';
import { folderWith, projectRoot } from '../support/cli.ts';

class ServerlessError extends Error {
  readonly code: string | undefined;
  constructor(message: string, code?: string) {
    super(message);
    this.code = code;
  }
}

/** A service of the example as the Framework leaves it after packaging. */
function packaged(when: string, folder = '.serverless'): string {
  const service = folderWith({});
  const example = join(projectRoot, 'examples/mangaassist/serverless', when);
  mkdirSync(join(service, folder), { recursive: true });
  const template = join(service, folder, 'cloudformation-template-update-stack.json');
  cpSync(join(example, 'template.json'), template);
  return service;
}

interface Run {
  readonly told: string;
  readonly error: ServerlessError | undefined;
}

async function run(
  serviceDir: string,
  busproof?: unknown,
  options: Readonly<Record<string, unknown>> = {},
): Promise<Run> {
  const serverless: ServerlessInstance = {
    serviceDir,
    service: { custom: { busproof }, provider: { region: 'eu-west-1' } },
    classes: { Error: ServerlessError },
  };
  let told = '';
  const log = {
    notice(text: string) {
      told += text;
    },
  };
  const plugin = new BusproofServerlessPlugin(serverless, options, { log });
  const error = await plugin.hooks['after:package:finalize']!().then(
    () => undefined,
    (thrown: unknown) => thrown as ServerlessError,
  );
  return { told, error };
}

const config = join(projectRoot, 'examples/mangaassist/serverless');

describe('the plugin for the Serverless Framework', () => {
  it('stops a deployment on findings, with the report', async () => {
    const { told, error } = await run(packaged('before'), {
      config: `${config}/before/busproof.config.yaml`,
    });
    expect(error).toBeInstanceOf(ServerlessError);
    expect(error).toMatchObject({ code: 'BUSPROOF', message: expect.stringContaining('3 findings') });
    expect(told).toContain('AnalyticsProcessed → MangaAssist-AllEvents-Analytics → AnalyticsLambdaFunction');
    expect(told).toContain('.serverless/cloudformation-template-update-stack.json:');
  });

  it('lets a clean one pass, and one whose findings are only to be told', async () => {
    const clean = await run(packaged('after'), { config: `${config}/after/busproof.config.yaml` });
    expect(clean.error).toBeUndefined();
    expect(clean.told).toContain('3 refuted');
    const told = await run(packaged('before'), {
      config: `${config}/before/busproof.config.yaml`,
      fail: false,
    });
    expect(told.error).toBeUndefined();
    expect(told.told).toContain('3 endless');
  });

  it('finds the package where the Framework was told to put it', async () => {
    const settings = { config: `${config}/before/busproof.config.yaml` };
    const { error } = await run(packaged('before', 'out'), settings, { package: 'out' });
    expect(error?.message).toContain('3 findings');
  });

  it.each([
    [{ minSeverty: 'error' }, 'no setting "minSeverty"'],
    [{ minSeverity: 'high' }, 'minSeverity must be one of'],
    [{ preset: 'mild' }, 'preset must be one of'],
    [{ fail: 'no' }, 'fail must be true or false'],
    [{ config: 5 }, 'config must be the path'],
    ['strict', 'must be an object'],
  ])('says what is wrong with its settings: %j', async (settings, problem) => {
    const { error } = await run(packaged('after'), settings);
    expect(error?.message).toContain(problem);
  });

  it('says so when there is no package', async () => {
    const { error } = await run(folderWith({}));
    expect(error?.message).toContain('there is no packaged template at .serverless');
  });
});
