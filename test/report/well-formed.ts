/**
 * What keeps a text from being a well-formed XML document, or undefined: one root, tags that close in order, quoted
 * attributes told once, no bare `<` or `&`, no character that XML 1.0 forbids. No comments, CDATA or DTD: our writer
 * makes none.
 */
export function xmlProblem(text: string): string | undefined {
  const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(text);
  if (forbidden) return `a forbidden character at ${forbidden.index}`;
  const token = /<(\/?)([A-Za-z][\w.-]*)((?:\s+[A-Za-z][\w.-]*="[^"<]*")*)\s*(\/?)>|[^<]+|</gy;
  const declaration = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/.exec(text);
  token.lastIndex = declaration ? declaration[0].length : 0;
  const open: string[] = [];
  let roots = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [whole, closing, name, attributes = '', empty] = match;
    if (whole === '<') return `a bare < at ${match.index}: ${text.slice(match.index, match.index + 60)}`;
    if (/&(?!(?:amp|lt|gt|quot|apos|#\d+);)/.test(whole)) return `a bare & in ${whole.slice(0, 60)}`;
    if (name === undefined) {
      if (open.length === 0 && whole.trim() !== '') return `text outside of the root: ${whole.slice(0, 60)}`;
      continue;
    }
    const names = Array.from(attributes.matchAll(/([\w.-]+)="/g), ([, each]) => each);
    if (new Set(names).size !== names.length) return `an attribute twice in ${whole.slice(0, 60)}`;
    if (closing) {
      if (open.pop() !== name) return `</${name}> closes nothing`;
    } else {
      if (open.length === 0) roots++;
      if (!empty) open.push(name);
    }
  }
  if (token.lastIndex !== 0 && token.lastIndex !== text.length) return 'not read to the end';
  if (open.length > 0) return `<${open.at(-1)}> is not closed`;
  return roots === 1 ? undefined : `${roots} roots`;
}
