import { Collector, finding, type Outcome, outcome } from '../diagnostic/diagnostic.ts';
import { type Document, spanOf } from './document.ts';
import { duplicateKeys } from './duplicate-keys.ts';
import type { Node } from './node.ts';
import { parseJson } from './parse-json.ts';
import { parseYaml } from './parse-yaml.ts';

const maxLength = 20_000_000;

/**
 * Reads a JSON or YAML file into a tree: JSON by its name (`.json`) or by its first character (`{`, `[`), YAML
 * otherwise. A text that begins like JSON and is not, as YAML's flow style allows, is tried as YAML. No value means
 * that the file is empty or not well-formed; the findings say which. Repeated keys are reported.
 */
export function parseData(document: Document): Outcome<Node | undefined> {
  const collector = new Collector();
  const node = collector.take(parseText(document));
  if (node) collector.add(...duplicateKeys(node));
  return outcome(node, collector.diagnostics);
}

function parseText(document: Document): Outcome<Node | undefined> {
  if (document.text.length > maxLength) {
    const params = { what: 'the file', limit: `${maxLength} characters` };
    return outcome(undefined, [finding('input/too-large', params, { span: spanOf(document, 0, 1) })]);
  }
  const named = document.path.toLowerCase().endsWith('.json');
  if (!named && !/^\uFEFF?\s*[{[]/.test(document.text)) return first(parseYaml(document));
  const json = parseJson(document, { allowMark: true });
  if (named || json.value || json.diagnostics.some(({ code }) => code !== 'input/syntax')) return json;
  const yaml = parseYaml(document);
  return yaml.value.length > 0 ? first(yaml) : json;
}

function first(trees: Outcome<readonly Node[]>): Outcome<Node | undefined> {
  const [node, second] = trees.value;
  if (!second) return outcome(node, trees.diagnostics);
  const ignored = finding('input/several-documents', {}, { span: second.span });
  return outcome(node, [...trees.diagnostics, ignored]);
}
