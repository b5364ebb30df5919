import { join, relative } from 'node:path';
import { checkSystem } from '../checks/run.ts';
import { type Preset, presetNames } from '../config/presets.ts';
import { atLeast, type Severity, severities } from '../diagnostic/severity.ts';
import { reportText } from '../report/text.ts';
import { withExpectations } from './expectations.ts';
import { exists } from './find-files.ts';
import { loadSystem } from './load-system.ts';

/** As much of the Serverless Framework's own object as is used; versions 3 and 4 have it alike. */
export interface ServerlessInstance {
  readonly serviceDir?: string;
  readonly service: {
    readonly custom?: Readonly<Record<string, unknown>> | undefined;
    readonly package?: { readonly path?: string } | undefined;
    readonly provider: { readonly region?: unknown };
  };
  readonly classes?: { readonly Error?: new (message: string, code?: string) => Error };
}

/** What a plugin is given to write with, since version 3. */
export interface ServerlessUtils {
  readonly log?: {
    notice?(text: string): void;
    success?(text: string): void;
  };
}

/** `custom.busproof` in serverless.yml. */
interface Settings {
  /** The config file; otherwise the one in the service's folder. */
  readonly config?: string;
  /** The least severity that stops the deployment: error, unless it says another. */
  readonly minSeverity: Severity;
  readonly preset?: Preset;
  /** Whether findings stop the deployment at all. */
  readonly fail: boolean;
}

const template = 'cloudformation-template-update-stack.json';

/**
 * A plugin for the Serverless Framework: checks the template that it has packaged, and stops the deployment when
 * there are findings.
 *
 * https://www.serverless.com/framework/docs/guides/plugins/creating-plugins
 */
export default class BusproofServerlessPlugin {
  readonly hooks: Readonly<Record<string, () => Promise<void>>>;
  private readonly serverless: ServerlessInstance;
  private readonly options: Readonly<Record<string, unknown>>;
  private readonly write: (text: string) => void;

  constructor(
    serverless: ServerlessInstance,
    options: Readonly<Record<string, unknown>> = {},
    { log }: ServerlessUtils = {},
  ) {
    this.serverless = serverless;
    this.options = options;
    this.write = (text) => (log?.notice ? log.notice(text) : process.stderr.write(`${text}\n`));
    this.hooks = { 'after:package:finalize': () => this.check() };
  }

  private async check(): Promise<void> {
    const { serviceDir = process.cwd(), service } = this.serverless;
    const settings = this.settings();
    const folder = join(serviceDir, this.packageFolder());
    const path = join(folder, template);
    if (!exists(path)) throw this.failure(`there is no packaged template at ${relative(serviceDir, path)}`);
    const { region } = service.provider;
    const world = { cwd: serviceDir };
    const loaded = await loadSystem(
      world,
      { folder: serviceDir, named: [path], ...(typeof region === 'string' ? { region } : {}) },
      settings.config,
    );
    const { config } = loaded;
    const { preset = config.preset } = settings;
    const system = withExpectations(world, loaded);
    const today = new Date().toISOString().slice(0, 10);
    const report = checkSystem(system, { ...config, ...(preset ? { preset } : {}) }, today);
    this.write(reportText(report, { color: false, columns: 100, verbose: false }));
    const failing = report.findings.filter(({ severity }) => atLeast(severity, settings.minSeverity));
    if (failing.length === 0 || !settings.fail) return;
    const count = failing.length === 1 ? 'a finding' : `${failing.length} findings`;
    throw this.failure(`${count} at or above the severity ${settings.minSeverity}: nothing is deployed`);
  }

  private packageFolder(): string {
    const given = this.options['package'] ?? this.serverless.service.package?.path;
    return typeof given === 'string' && given !== '' ? given : '.serverless';
  }

  private settings(): Settings {
    const given = this.serverless.service.custom?.['busproof'] ?? {};
    if (typeof given !== 'object' || given === null || Array.isArray(given))
      throw this.failure('custom.busproof must be an object');
    const {
      config,
      minSeverity = 'error',
      preset,
      fail = true,
      ...others
    } = given as Record<string, unknown>;
    const [unknown] = Object.keys(others);
    if (unknown !== undefined)
      throw this.failure(
        `custom.busproof has no setting "${unknown}": it has config, minSeverity, preset and fail`,
      );
    if (!severities.includes(minSeverity as Severity))
      throw this.failure(`custom.busproof.minSeverity must be one of ${severities.join(', ')}`);
    if (preset !== undefined && !presetNames.includes(preset as Preset))
      throw this.failure(`custom.busproof.preset must be one of ${presetNames.join(', ')}`);
    if (typeof fail !== 'boolean') throw this.failure('custom.busproof.fail must be true or false');
    if (config !== undefined && typeof config !== 'string')
      throw this.failure('custom.busproof.config must be the path of a config file');
    return {
      minSeverity: minSeverity as Severity,
      fail,
      ...(config === undefined ? {} : { config }),
      ...(preset === undefined ? {} : { preset: preset as Preset }),
    };
  }

  /** The Framework's own kind of error is shown without a stack. */
  private failure(problem: string): Error {
    const message = `busproof: ${problem}`;
    const ServerlessError = this.serverless.classes?.Error;
    return ServerlessError ? new ServerlessError(message, 'BUSPROOF') : new Error(message);
  }
}

// What `require` gives for this module, in versions of Node that load it so.
export { BusproofServerlessPlugin as 'module.exports' };
