/** Names that mean something to XML, Markdown, Mermaid, DOT, workflow commands and URIs; all of them loop. */
export const hostileNames: readonly string[] = [
  'a"b\'c',
  '<script>alert(1)</script>',
  ']]>&amp;<!--',
  '::error file=x::y%0A%',
  'a,b:c|d',
  '```\n## heading\n```',
  '"] --> evil[["',
  '\\N \\" \\',
  'ctrl\u0001\u001f\u007f\uffff',
  'lone \ud800 surrogate',
  'end',
  '@everyone [link](javascript:x) ![i](x)',
  '–→ 漫画 🎌 \u202e',
  '#quot; &quot; ;',
];

/** The source and the detail-type, in which an `@` would divide. */
const typeName = (name: string): string => name.replaceAll('@', '');

/** A template with one looping rule and function a name; every name is the rule's, the source and the detail-type. */
export const hostileTemplate = JSON.stringify({
  AWSTemplateFormatVersion: '2010-09-09',
  Resources: Object.fromEntries(
    hostileNames.flatMap((name, i) => [
      [
        `F${i}`,
        {
          Type: 'AWS::Lambda::Function',
          Metadata: { Busproof: { publishes: [`${typeName(name)}@${typeName(name)}`] } },
          Properties: { FunctionName: name },
        },
      ],
      [
        `R${i}`,
        {
          Type: 'AWS::Events::Rule',
          Properties: {
            Name: name,
            EventPattern: { source: [typeName(name)], 'detail-type': [typeName(name)] },
            Targets: [{ Id: 'one', Arn: { 'Fn::GetAtt': [`F${i}`, 'Arn'] } }],
          },
        },
      ],
    ]),
  ),
});
