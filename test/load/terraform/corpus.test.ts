import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeShared, sharedPath } from '../../support/shared.ts';
import { loadBeside } from './support.ts';

const root = sharedPath('corpus/terraform');

/** Blocks of a type, by a look at the bare text alone: comments are taken away, and nothing else is understood. */
function blocksIn(text: string, type: string): string[] {
  const bare = text.replace(/^\s*(?:#|\/\/).*$/gm, '').replace(/\/\*[\s\S]*?\*\//g, '');
  return Array.from(
    bare.matchAll(new RegExp(`^resource\\s+"${type}"\\s+"([^"]+)"\\s*\\{`, 'gm')),
    ([, name]) => name!,
  );
}

describeShared('the Terraform files of the corpus', () => {
  const folders = new Map<string, Record<string, string>>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith('.tf')) continue;
    const folder = entry.parentPath.slice(root.length + 1);
    folders.set(folder, {
      ...folders.get(folder),
      [`${folder}/${entry.name}`]: readFileSync(join(entry.parentPath, entry.name), 'utf8'),
    });
  }
  const files = Object.assign({}, ...folders.values()) as Record<string, string>;

  it('are read without a finding about how they are written, and every rule and target is accounted for', () => {
    let [rules, targets, repeated, loaded, joined, elsewhere] = [0, 0, 0, 0, 0, 0];
    for (const [folder, own] of folders) {
      const result = loadBeside(Object.keys(own), files);
      expect(result.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      const named = (type: string): string[] => Object.values(own).flatMap((text) => blocksIn(text, type));
      const written = named('aws_cloudwatch_event_rule');
      // The folder of some moments in history: what is there twice Terraform would refuse.
      const distinct = new Set(written);
      const of = result.routes.filter(({ kind, id }) => kind === 'rule' && id.startsWith(`${folder}#aws_`));
      const names = new Set(
        of.map(({ id }) => id.slice(id.indexOf('#')).replace(/^.*event_rule\.|\[.*$/g, '')),
      );
      expect(names, folder).toEqual(distinct);
      rules += written.length;
      repeated += written.length - distinct.size;
      loaded += distinct.size;
      targets += new Set(named('aws_cloudwatch_event_target')).size;
      const ids = of.flatMap((route) => route.targets.map(({ span }) => span.start + span.document.path));
      joined += new Set(ids).size;
      elsewhere += new Set(
        result.diagnostics
          .filter(
            ({ code, span }) =>
              code === 'template/target-of-unknown-rule' && span?.document.path.startsWith(`${folder}/`),
          )
          .map(({ message }) => message),
      ).size;
    }
    expect({ rules, repeated, loaded }).toEqual({ rules: 80, repeated: 3, loaded: 77 });
    expect({ targets, joined, elsewhere }).toEqual({ targets: 81, joined: 78, elsewhere: 3 });
  });
});
