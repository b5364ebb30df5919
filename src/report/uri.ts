/**
 * A path as a URI reference (RFC 3986): relative paths stay relative, absolute ones become `file:` URIs. A colon in
 * the first segment would read as a scheme, as it may for an ARN.
 */
export function uriOf(path: string): string {
  const escaped = encodeURI(
    path.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd'),
  )
    .replaceAll('?', '%3F')
    .replaceAll('#', '%23')
    .replaceAll('[', '%5B')
    .replaceAll(']', '%5D');
  if (path.startsWith('arn:')) return escaped;
  if (/^[A-Za-z]:\//.test(path)) return `file:///${escaped}`;
  if (path.startsWith('/')) return `file://${escaped}`;
  const slash = escaped.indexOf('/');
  const first = slash < 0 ? escaped : escaped.slice(0, slash);
  return `${first.replaceAll(':', '%3A')}${escaped.slice(first.length)}`;
}
