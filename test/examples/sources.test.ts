import { describe, expect, it } from 'vitest';
import { systemOf } from '../support/same-system.ts';

describe.each(['before', 'after'])('MangaAssist %s', (when) => {
  let inSam: Promise<Record<string, unknown>> | undefined;
  it.each([
    ['Terraform, as a plan', `terraform/${when}`, []],
    ['the Serverless Framework, compiled', `serverless/${when}`, []],
    ['the Serverless Framework, as it is written', `serverless/${when}`, ['serverless.yml']],
  ])('written for %s, is the system that it is in SAM', async (_name, path, templates) => {
    inSam ??= systemOf(when);
    expect(await systemOf(path, ...templates)).toEqual(await inSam);
  });
});
