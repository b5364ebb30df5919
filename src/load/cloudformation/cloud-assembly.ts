import { posix } from 'node:path';
import type { Document } from '../../json/document.ts';
import { itemsOf, membersOf, type Node, nodeAt, textOf } from '../../json/node.ts';
import { parseData } from '../../json/parse-data.ts';
import type { ConstructPlace } from '../../model/template-resource.ts';
import { type Environment, environmentOf } from './arn.ts';

/** One stack of an assembly. */
interface Stack {
  readonly template: string;
  readonly environment: string | undefined;
  /** Construct path → its metadata. */
  readonly metadata: readonly (readonly [string, Node])[];
}

export type ReadFile = (path: string) => Document | undefined;

/**
 * What the cloud assemblies that templates lie in say about them: the environment of their stacks, which file a
 * nested stack's template is, and what made each template resource. CDK synthesises an assembly into `cdk.out`, and
 * one into a folder of it for each stage.
 *
 * https://github.com/aws/aws-cdk-cli/blob/main/packages/%40aws-cdk/cloud-assembly-schema/README.md
 */
export class CloudAssemblies {
  private readonly readFile: ReadFile;
  private readonly namesIn: (folder: string) => readonly string[];
  private readonly roots = new Map<string, Node | undefined>();
  private readonly stacks = new Map<string, readonly Stack[]>();
  private readonly assets = new Map<string, ReadonlyMap<string, string>>();
  private readonly places = new Map<string, ReadonlyMap<string, ConstructPlace>>();

  constructor(
    readFile: ReadFile = () => undefined,
    namesIn: (folder: string) => readonly string[] = () => [],
  ) {
    this.readFile = readFile;
    this.namesIn = namesIn;
  }

  /** The account and Region a stack goes to, as far as the app says; undefined: it says neither, or is in no assembly. */
  environmentAt(template: string, otherwise: Environment): Environment | undefined {
    const stack = this.stacksIn(posix.dirname(template)).find((each) => each.template === template);
    const [, account, region] = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(stack?.environment ?? '') ?? [];
    const known = {
      ...(account === undefined || account === 'unknown-account' ? {} : { account }),
      ...(region === undefined || region === 'unknown-region' ? {} : { region }),
    };
    if (Object.keys(known).length === 0) return undefined;
    return environmentOf({ account: otherwise.account, region: otherwise.region, ...known });
  }

  /** The file that is uploaded to a location: CDK names it by its hash, and keeps a list. */
  fileUploadedTo(template: string, location: string): string | undefined {
    const hash = /([0-9a-f]{64})\.[a-z]+$/.exec(location)?.[1];
    return hash === undefined ? undefined : this.assetsIn(posix.dirname(template)).get(hash);
  }

  /** What made a template resource; undefined when the template is in no assembly, or the assembly does not tell. */
  placeOf(template: string, logicalId: string): ConstructPlace | undefined {
    const folder = posix.dirname(template);
    let places = this.places.get(folder);
    if (!places) {
      places = new Map(this.stacksIn(folder).flatMap((stack) => placesOf(stack, folder)));
      this.places.set(folder, places);
    }
    return places.get(`${template}#${logicalId}`);
  }

  private stacksIn(folder: string): readonly Stack[] {
    const known = this.stacks.get(folder);
    if (known) return known;
    const artifacts = membersOf(nodeAt(this.rootAt(posix.join(folder, 'manifest.json')), 'artifacts'));
    const found = artifacts.flatMap(({ value }): Stack[] => {
      const file = textOf(nodeAt(value, 'properties', 'templateFile'));
      if (textOf(nodeAt(value, 'type')) !== 'aws:cloudformation:stack' || file === undefined) return [];
      const environment = textOf(nodeAt(value, 'environment'));
      const apart = textOf(nodeAt(value, 'additionalMetadataFile'));
      const readApart = () => (apart === undefined ? undefined : this.rootAt(posix.join(folder, apart)));
      let metadata: (readonly [string, Node])[] | undefined;
      return [
        {
          template: posix.join(folder, file),
          environment,
          // As large as the template: read when a finding asks for it.
          get metadata() {
            metadata ??= [...membersOf(nodeAt(value, 'metadata')), ...membersOf(readApart())].map(
              (each) => [each.key, each.value] as const,
            );
            return metadata;
          },
        },
      ];
    });
    this.stacks.set(folder, found);
    return found;
  }

  private assetsIn(folder: string): ReadonlyMap<string, string> {
    const known = this.assets.get(folder);
    if (known) return known;
    const found = new Map<string, string>();
    for (const name of this.namesIn(folder)) {
      if (!name.endsWith('.assets.json')) continue;
      for (const { key, value } of membersOf(nodeAt(this.rootAt(posix.join(folder, name)), 'files'))) {
        const path = textOf(nodeAt(value, 'source', 'path'));
        if (path !== undefined) found.set(key, posix.join(folder, path));
      }
    }
    this.assets.set(folder, found);
    return found;
  }

  private rootAt(path: string): Node | undefined {
    if (!this.roots.has(path)) {
      const document = this.readFile(path);
      this.roots.set(path, document && parseData(document).value);
    }
    return this.roots.get(path);
  }
}

/** By template and logical id: a nested stack's ids are its own, and so may be the same as its parent's. */
function placesOf({ template, metadata }: Stack, folder: string): (readonly [string, ConstructPlace])[] {
  const templates = new Map(
    metadata.flatMap(([path, entries]) => {
      const file = dataOf(entries, 'aws:cdk:templateFile');
      return file === undefined ? [] : [[path, posix.join(folder, file)] as const];
    }),
  );
  const templateOf = (path: string): string => {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const found = templates.get(path.slice(0, end));
      if (found !== undefined) return found;
    }
    return template;
  };
  return metadata.flatMap(([path, entries]) => {
    const logicalId = dataOf(entries, 'aws:cdk:logicalId');
    if (logicalId === undefined) return [];
    const construct = path.replace(/^\//, '').replace(/\/Resource$/, '');
    const source = sourceOf(entries);
    return [[`${templateOf(path)}#${logicalId}`, source ? { construct, source } : { construct }]];
  });
}

function dataOf(entries: Node, type: string): string | undefined {
  const entry = itemsOf(entries).find((each) => textOf(nodeAt(each, 'type')) === type);
  return textOf(nodeAt(entry, 'data'));
}

/** The first frame that is the user's. Since 2.2xx CDK keeps the frames in an entry of their own. */
function sourceOf(entries: Node): ConstructPlace['source'] {
  const frames = itemsOf(entries).flatMap((entry) =>
    textOf(nodeAt(entry, 'type')) === 'aws:cdk:creationStack'
      ? itemsOf(nodeAt(entry, 'data'))
      : itemsOf(nodeAt(entry, 'trace')),
  );
  for (const frame of frames) {
    const text = textOf(frame) ?? '';
    if (/node_modules|^\s*\.\.\.|\bnode:/.test(text)) continue;
    const [, path, line, column] =
      /(?:file:\/\/(?=\/)|\bat\s+|\()?((?:\/?[A-Za-z]:)?[^\s:()][^:()]*):(\d+)(?::(\d+))?/.exec(text) ?? [];
    if (path === undefined) continue;
    return { path: path.replace(/^\/(?=[A-Za-z]:)/, ''), line: Number(line), column: Number(column ?? 1) };
  }
  return undefined;
}
