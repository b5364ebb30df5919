/** Texts that a person would expect for a format; of these, the first that fits is used. */
const BY_FORMAT: Readonly<Record<string, string>> = {
  uuid: '7b9c0a52-3f1e-4d8a-9c55-0e6d2f4b8a10',
  'date-time': '2026-01-15T09:30:00Z',
  date: '2026-01-15',
  time: '09:30:00Z',
  duration: 'PT15M',
  email: 'ann@example.com',
  'idn-email': 'ann@example.com',
  hostname: 'www.example.com',
  'idn-hostname': 'www.example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uri: 'https://example.com/',
  'uri-reference': '/reviews/1',
  iri: 'https://example.com/',
  'json-pointer': '/detail',
  regex: '^[a-z]+$',
};

/** Texts for the fields of the EventBridge envelope, and for names that speak for themselves. */
const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/^id$/, BY_FORMAT['uuid']!],
  [/^version$/, '0'],
  [/^account(id)?$/i, '123456789012'],
  [/^region$/i, 'us-east-1'],
  [/^source$/, 'com.example.orders'],
  [/^detail-type$/, 'Order Placed'],
  [/^resources$/, 'arn:aws:s3:::example-bucket'],
  [/(^time|time$|At$|_at$|timestamp)/i, BY_FORMAT['date-time']!],
  [/date$/i, BY_FORMAT['date']!],
  [/e-?mail/i, BY_FORMAT['email']!],
  [/ur[il]$/i, BY_FORMAT['uri']!],
  [/currency/i, 'EUR'],
  [/country/i, 'DE'],
  [/language|locale/i, 'en'],
  [/arn$/i, 'arn:aws:s3:::example-bucket'],
];

/** Candidates for a text, by the name it stands under and the formats its schemas give it; most fitting first. */
export function textsFor(name: string | undefined, formats: readonly string[]): string[] {
  const texts = formats.flatMap((format) => BY_FORMAT[format] ?? []);
  if (name === undefined) return texts;
  for (const [pattern, text] of BY_NAME) if (pattern.test(name)) texts.push(text);
  const stem = name.replace(/_?ids?$|Ids?$/, '').replace(/[^A-Za-z0-9-]+/g, '-');
  if (stem !== '' && stem.length <= 40) texts.push(stem === name ? stem : `${stem}-1`);
  return texts;
}
