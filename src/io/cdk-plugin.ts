import { resolve } from 'node:path';
import * as java from '@lezer/java';
import * as javascript from '@lezer/javascript';
import * as python from '@lezer/python';
import { checkSystem } from '../checks/run.ts';
import { type Preset, presetNames } from '../config/presets.ts';
import { atLeast, type Severity, severities } from '../diagnostic/severity.ts';
import { parsersOf } from '../publish/code/parsers.ts';
import { type CdkViolation, violationsOf } from './cdk-violations.ts';
import { findConfigNow } from './config-file.ts';
import { exists } from './find-files.ts';
import { gatherFiles } from './gather.ts';
import { loadAccounts } from './load-accounts.ts';
import { systemOfFiles, withParsers } from './load-system.ts';
import { toolVersion } from './version.ts';

export type { CdkViolatingResource, CdkViolation } from './cdk-violations.ts';

/** What `new BusproofValidation()` may be told. */
export interface BusproofValidationOptions {
  /** The config file; otherwise `busproof.config.*` in the folder that `cdk synth` runs in. Its `templates` are not read. */
  readonly config?: string;
  /** The least severity that makes the synthesis fail: `error`, unless it says another. The rest are shown as warnings. */
  readonly minSeverity?: Severity;
  /** Severities for all findings: `strict`, or `adopt` for an existing system. */
  readonly preset?: Preset;
  /** Templates, plans and snapshots of what is not in this app but on the same buses; paths count from the working folder. */
  readonly also?: readonly string[];
}

/** As much of aws-cdk-lib's `IPolicyValidationContext` as is used; the older one has no `stackTemplates`. */
export interface CdkValidationContext {
  readonly templatePaths: readonly string[];
  readonly stackTemplates?: readonly { readonly stackConstructPath: string }[];
}

/** aws-cdk-lib's `PolicyValidationPluginReport`. */
export interface CdkValidationReport {
  readonly success: boolean;
  readonly violations: CdkViolation[];
  readonly pluginVersion?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * A validation plugin for the AWS CDK: checks all stacks of the app, or of the stage that it is added to, as one
 * system, so that the synthesis fails on an endless loop.
 *
 *     Validations.of(app).addPlugins(new BusproofValidation());
 *
 * https://docs.aws.amazon.com/cdk/v2/guide/policy-validation-synthesis.html
 */
export class BusproofValidation {
  readonly name = 'busproof';
  readonly version: string = toolVersion();
  private readonly options: BusproofValidationOptions;

  /** Throws on options that there are not. */
  constructor(options: BusproofValidationOptions = {}) {
    const { config, minSeverity = 'error', preset, also = [], ...others } = options;
    const [unknown] = Object.keys(others);
    if (unknown !== undefined)
      throw new Error(
        `busproof: there is no option "${unknown}": there are config, minSeverity, preset and also`,
      );
    if (!severities.includes(minSeverity))
      throw new Error(`busproof: minSeverity must be one of ${severities.join(', ')}`);
    if (preset !== undefined && !presetNames.includes(preset))
      throw new Error(`busproof: preset must be one of ${presetNames.join(', ')}`);
    if (config !== undefined && typeof config !== 'string')
      throw new Error('busproof: config must be the path of a config file');
    if (!Array.isArray(also) || also.some((path) => typeof path !== 'string'))
      throw new Error('busproof: also must be a list of paths');
    this.options = options;
  }

  /** Called by the CDK when the assembly is written. What it throws, the CDK reports as the plugin's own failure. */
  validate({ templatePaths, stackTemplates }: CdkValidationContext): CdkValidationReport {
    const { minSeverity = 'error', also = [] } = this.options;
    const cwd = process.cwd();
    const { system, config } = this.load(cwd, [...templatePaths, ...also]);
    const { preset = config.preset } = this.options;
    const today = new Date().toISOString().slice(0, 10);
    const { findings } = checkSystem(system, { ...config, ...(preset ? { preset } : {}) }, today);
    const told = findings.filter(({ severity }) => severity !== 'info' || minSeverity === 'info');
    return {
      success: !findings.some(({ severity }) => atLeast(severity, minSeverity)),
      violations: violationsOf(told, system.resources ?? [], {
        cwd,
        app: stackTemplates?.[0]?.stackConstructPath.split('/')[0],
      }),
      pluginVersion: this.version,
    };
  }

  private load(cwd: string, named: readonly string[]): ReturnType<typeof systemOfFiles> {
    const path = this.options.config;
    if (path !== undefined && !exists(resolve(cwd, path)))
      throw new Error(`there is no config file "${path}"`);
    const world = { cwd };
    const found = findConfigNow(world, cwd, path);
    const files = gatherFiles(world, found.folder, found.config, named);
    const loaded = systemOfFiles(world, { folder: cwd, named }, { found, files, loadAccounts });
    return withParsers(loaded, parsersOf(javascript, python, java));
  }
}
