import { type Outcome, outcome } from '../../diagnostic/diagnostic.ts';
import type { Document } from '../../json/document.ts';
import type { Node } from '../../json/node.ts';
import { parseData } from '../../json/parse-data.ts';
import { isTerraform } from './planned.ts';
import { allHidden, Secrets } from './secrets.ts';

/** A plan or a state as a file; nothing secret is left in the document. */
export interface PlanFile {
  readonly document: Document;
  /** Undefined when the file is not well-formed. */
  readonly root: Node | undefined;
  readonly secrets: Secrets | undefined;
}

/** Reads a file that looks like the output of `terraform show -json`; undefined for any other. */
export function planFile(document: Document): Outcome<PlanFile> | undefined {
  if (!/^\uFEFF?\s*\{/.test(document.text) || !/"terraform_version"\s*:/.test(document.text))
    return undefined;
  const { value: root, diagnostics } = parseData(document);
  if (!root) {
    const hidden = allHidden(document);
    const moved = diagnostics.map(({ span, ...each }) =>
      span?.document === document
        ? { ...each, span: { ...span, document: hidden } }
        : { ...each, ...(span ? { span } : {}) },
    );
    return outcome({ document: hidden, root: undefined, secrets: undefined }, moved);
  }
  if (!isTerraform(root)) return undefined;
  const secrets = new Secrets(root);
  const hidden = secrets.hidden(document, root);
  if (hidden === document) return outcome({ document, root, secrets }, diagnostics);
  const again = parseData(hidden);
  return outcome({ document: hidden, root: again.value, secrets }, again.diagnostics);
}
