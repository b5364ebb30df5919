import { posix } from 'node:path';
import type { Document } from '../../../json/document.ts';
import { hasHole } from '../../../json/holes.ts';
import type { TemplateResource } from '../../../model/template-resource.ts';
import { propertyText } from '../../inventory.ts';
import type { CodeFiles } from '../locate.ts';
import { foldersAbove } from '../project.ts';

/** More or larger sources are not read. */
const maxFiles = 400;
const maxLength = 6_000_000;

/** The Java sources of the module that a handler's class is in, that class first. Undefined: it is not found. */
export function javaSources(
  resource: TemplateResource,
  { read, scripts }: CodeFiles,
): readonly Document[] | undefined {
  const handler = propertyText(resource, 'Handler') ?? propertyText(resource, 'handler');
  if (handler === undefined || hasHole(handler) || !scripts) return undefined;
  const type = /^((?:\w+\.)*)(\w+)(?:\$\w+)*(?:::\w+)?$/.exec(handler);
  if (!type) return undefined;
  const inside = `${type[1]!.replaceAll('.', '/')}${type[2]}.java`;
  const folder = resource.folder ?? posix.dirname(resource.span.document.path);
  const uri = propertyText(resource, 'CodeUri');
  const code = uri === undefined || hasHole(uri) ? folder : posix.join(folder, uri);
  for (const above of [code, ...foldersAbove(folder).slice(0, 3)]) {
    const found = scripts(above, type[2]!).filter(
      (path) => (path === inside || path.endsWith(`/${inside}`)) && !isTest(path),
    );
    if (found.length > 1) return undefined;
    const path = found[0];
    if (path === undefined) continue;
    const sources = path.slice(0, path.length - inside.length);
    const module = sources.replace(/(?:^|\/)src\/main\/java\/$/, '').replace(/\/$/, '') || '.';
    const others = scripts(module).filter((each) => each.endsWith('.java') && each !== path && !isTest(each));
    return [path, ...others]
      .slice(0, maxFiles)
      .flatMap((each) => read(each) ?? [])
      .filter(({ text }) => text.length <= maxLength);
  }
  return undefined;
}

function isTest(path: string): boolean {
  return /(?:^|\/)src\/test\//.test(path);
}
