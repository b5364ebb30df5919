import { posix } from 'node:path';
import { itemsOf, type Member, type Node, nodeAt } from '../../json/node.ts';
import { textNode } from '../cloudformation/values.ts';
import { isOpen, textOfValue } from './hcl/nodes.ts';
import type { Instance } from './model.ts';

/**
 * Where the code of a function or a layer is: the folder that `archive_file` packs, or that of the file it packs;
 * for any other archive a folder of its name, and the folder of the module. Paths count from where the block stands.
 */
export function codeOf(instance: Instance): {
  readonly properties: readonly Member[];
  readonly metadata: readonly Member[];
} {
  const nothing = { properties: [], metadata: [] };
  const archive = archivePath(instance);
  if (archive === undefined) return nothing;
  const { world } = instance.module;
  const from = posix.dirname(instance.span.document.path);
  const here = (path: string): string => posix.relative(from, posix.join(world.folder, path)) || '.';
  const packed = world.all.find(
    (each) => each.type === 'archive_file' && textOf(each, 'output_path') === archive,
  );
  const folder = packed && (textOf(packed, 'source_dir') ?? folderOf(textOf(packed, 'source_file')));
  const span = instance.attribute('filename')?.span ?? instance.head;
  const text = (key: string, value: string): Member => ({ key, keySpan: span, value: textNode(value, span) });
  if (folder !== undefined) return { properties: [text('CodeUri', here(folder))], metadata: [] };
  const source = packed && inline(packed.attribute('source'));
  if (source) {
    const zip: Member = { key: 'ZipFile', keySpan: span, value: source };
    const code: Node = { kind: 'object', span, members: [zip] };
    return { properties: [{ key: 'Code', keySpan: span, value: code }], metadata: [] };
  }
  const own = archive.replace(/\.(?:zip|jar)$/, '');
  return { properties: [text('CodeUri', here(own))], metadata: [text('aws:asset:path', here('.'))] };
}

/** The archive's path, also where it is put in a bucket first. */
function archivePath(instance: Instance): string | undefined {
  const named = textOf(instance, 'filename');
  if (named !== undefined) return named;
  const key = textOf(instance, 's3_key');
  const stored = instance.module.world.all.find(
    (each) =>
      /^aws_s3_(?:bucket_)?object$/.test(each.type) && key !== undefined && textOf(each, 'key') === key,
  );
  return stored && textOf(stored, 'source');
}

function textOf(instance: Instance, name: string): string | undefined {
  const node = instance.attribute(name);
  return node && !isOpen(node) ? textOfValue(node) || undefined : undefined;
}

function folderOf(path: string | undefined): string | undefined {
  return path === undefined ? undefined : posix.dirname(path);
}

/** The one file that stands in the archive's own block. */
function inline(sources: Node | undefined): Node | undefined {
  const [only, other] = itemsOf(sources);
  return other ? undefined : nodeAt(only, 'content');
}
