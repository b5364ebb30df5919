import { posix } from 'node:path';
import { documentOf } from '../../json/document.ts';
import { hasHole } from '../../json/holes.ts';
import { itemsOf, nodeAt } from '../../json/node.ts';
import { scalarText } from '../../load/cloudformation/values.ts';
import type { TemplateResource } from '../../model/template-resource.ts';
import { type Inventory, property, propertyText } from '../inventory.ts';
import { foldersAbove, Project, type ReadFile } from './project.ts';

/** Where a function's code begins. */
export interface Handler {
  readonly project: Project;
  readonly path: string;
  /** The exported name; dots go into what it holds. Absent: the file is a program, which runs when it is started. */
  readonly name?: string;
  /** It is the only file of the handler's name; nothing else says that it is the one. */
  readonly byName?: boolean;
}

/** Scripts below a folder by their name without extension; without a name all of them. */
export type FindScripts = (folder: string, name?: string) => readonly string[];

/** Where code is looked for. */
export interface CodeFiles {
  readonly read: ReadFile;
  readonly scripts?: FindScripts;
}

/**
 * Finds the source file behind a function: from its code's folder, what its build is told, CDK's assets, or the code
 * in the template itself. Undefined: it is not there, or in no language that is read.
 */
export function handlerOf(
  resource: TemplateResource,
  inventory: Inventory,
  { read, scripts }: CodeFiles,
  said?: string,
): Handler | undefined {
  if (said !== undefined) return saidHandler(resource, inventory, read, said);
  const handler = propertyText(resource, 'Handler') ?? propertyText(resource, 'handler');
  if (handler === undefined || hasHole(handler)) return undefined;
  const dot = handler.lastIndexOf('.');
  if (dot <= 0) return undefined;
  const file = handler.slice(0, dot).replace(/^\.?\//, '');
  const name = handler.slice(dot + 1);
  const inline = inlineHandler(resource, file, name);
  if (inline) return inline;
  const folder = folderOf(resource);
  for (const base of folders(resource)) {
    const root = posix.join(folder, base);
    const project = new Project(read, [root, ...layers(resource, inventory)]);
    const path = entryPoint(resource, file, root, project) ?? found(file, root, project);
    if (path !== undefined) return { project, path, name };
  }
  // An asset that is not beside the template: built from a file of the same name.
  if (!property(resource, 'Code') || !scripts || common.test(posix.basename(file))) return undefined;
  const path = onlyOne(folder, posix.basename(file), scripts);
  if (path === undefined) return undefined;
  const project = new Project(read, [posix.dirname(path), ...layers(resource, inventory)]);
  return { project, path, name, byName: true };
}

/** Names that say nothing. */
const common = /^(?:index|app|main|handler|handlers|function|lambda|lambda_function|src|run|bootstrap)$/i;

/** The only script of that name below the folder, or below one of the two above it. */
function onlyOne(folder: string, name: string, scripts: FindScripts): string | undefined {
  for (const above of foldersAbove(folder).slice(0, 3)) {
    const found = scripts(above, name);
    // What a compiler made of a script stands beside it, or in a folder of its own.
    const written = found.filter(
      (path) => !/\.[cm]?js$/.test(path) || !found.some((other) => other.endsWith('.ts')),
    );
    if (written.length > 0) return written.length === 1 ? written[0] : undefined;
  }
  return undefined;
}

/** The folder that paths count from. */
function folderOf({ folder, span }: TemplateResource): string {
  return folder ?? posix.dirname(span.document.path);
}

/** What calls an exported name of the code; anything else starts a file as a program. */
const functions = /::Function$/;

/** Where the user says the code is: `path` or `path#export`. */
function saidHandler(
  resource: TemplateResource,
  inventory: Inventory,
  read: ReadFile,
  said: string,
): Handler | undefined {
  const [file = '', name] = said.split('#', 2);
  const place = posix.isAbsolute(file) ? file : posix.join(folderOf(resource), file);
  const project = new Project(read, [posix.dirname(place), ...layers(resource, inventory)]);
  const path = project.read(place) ? posix.normalize(place) : project.script(place);
  if (path === undefined) return undefined;
  if (name === undefined && !functions.test(resource.type)) return { project, path };
  const handler = propertyText(resource, 'Handler') ?? propertyText(resource, 'handler') ?? 'handler';
  return { project, path, name: name ?? handler.slice(handler.lastIndexOf('.') + 1) };
}

/** Folders, relative to the template, that the code may be in. */
function folders(resource: TemplateResource): string[] {
  const asset = scalarText(nodeAt(resource.attributes, 'Metadata', 'aws:asset:path'));
  const key = propertyText(resource, 'Code', 'S3Key');
  const hash = key === undefined ? undefined : /([0-9a-f]{64})/.exec(key)?.[1];
  const given = propertyText(resource, 'CodeUri') ?? propertyText(resource, 'Code');
  const named = [given, asset].filter(
    (text) => text !== undefined && !hasHole(text) && !/^(?:s3|https?):/.test(text),
  );
  // The Serverless Framework packs the service's folder, and puts its template in one below it.
  const packed = posix.basename(posix.dirname(resource.span.document.path)) === '.serverless' ? ['..'] : [];
  // The assets of CDK's stages lie beside the app's own.
  const built = hash === undefined ? [] : ['', '../', '../../'].map((above) => `${above}asset.${hash}`);
  const known = [...named, ...built, ...packed].map((text) => text!);
  return known.length > 0 ? known : property(resource, 'Code') ? [] : ['.'];
}

function entryPoint(
  resource: TemplateResource,
  file: string,
  root: string,
  project: Project,
): string | undefined {
  const points = itemsOf(nodeAt(resource.attributes, 'Metadata', 'BuildProperties', 'EntryPoints')).flatMap(
    (node) => scalarText(node) ?? [],
  );
  const same = points.find((point) => posix.parse(point).name === posix.basename(file));
  const point = same ?? (points.length === 1 ? points[0] : undefined);
  return point === undefined ? undefined : project.script(posix.join(root, point));
}

/** Compilers put their output elsewhere; the source has the same path below another folder. */
const built = /^(?:\.?(?:dist|build|lib|out|output|target|aws-sam\/build))\//;

function found(file: string, root: string, project: Project): string | undefined {
  const plain = file.replace(built, '');
  const candidates = [file, ...(plain === file ? [] : [`src/${plain}`, plain])];
  for (const candidate of candidates) {
    const script = project.script(posix.join(root, candidate));
    if (script && !script.endsWith('.json')) return script;
    const python = `${posix.join(root, ...candidate.split('.'))}.py`;
    if (project.read(python)) return python;
  }
  return undefined;
}

/** Code that stands in the template. */
function inlineHandler(resource: TemplateResource, file: string, name: string): Handler | undefined {
  const node = property(resource, 'InlineCode') ?? property(resource, 'Code', 'ZipFile');
  const code = scalarText(node);
  if (code === undefined) return undefined;
  const runtime = propertyText(resource, 'Runtime') ?? '';
  const extension = runtime.startsWith('python') ? '.py' : runtime.startsWith('nodejs') ? '.js' : undefined;
  if (!extension) return undefined;
  const path = `${resource.logicalId}/${file}${extension}`;
  const document = documentOf(path, code);
  return {
    project: new Project((asked) => (asked === path ? document : undefined), [resource.logicalId]),
    path,
    name,
  };
}

/** The folders of layers that are in the same templates. */
function layers(resource: TemplateResource, inventory: Inventory): string[] {
  return itemsOf(property(resource, 'Layers')).flatMap((node) => {
    const layer = inventory.named(scalarText(node));
    const content = layer && (propertyText(layer, 'ContentUri') ?? propertyText(layer, 'Content'));
    if (!layer || content === undefined || hasHole(content)) return [];
    return [posix.join(folderOf(layer), content)];
  });
}
