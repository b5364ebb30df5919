/** What became of a call that failed. */
export type Failure =
  | 'denied'
  /** The thing is not there (any more), or it is another account's. */
  | 'gone'
  | 'throttled'
  /** The service or the network: another attempt may succeed. */
  | 'passing'
  /** No credentials, or none that count: nothing can be asked at all. */
  | 'unknown-caller'
  | 'other';

const forms: readonly (readonly [Failure, RegExp])[] = [
  [
    'throttled',
    /throttl|toomanyrequests|requestlimitexceeded|slowdown|bandwidthlimit|transactioninprogress/i,
  ],
  [
    'unknown-caller',
    /credentialsprovider|credentialserror|tokenprovider|expiredtoken|unrecognizedclient|invalidclienttokenid|invalidsignature|signaturedoesnotmatch|invalidaccesskeyid|requestexpired|authfailure|missingauthenticationtoken|optinrequired/i,
  ],
  ['denied', /accessdenied|unauthorized|notauthorized|authorizationerror|forbidden/i],
  ['gone', /notfound|nosuch|doesnotexist|nonexistent|notexist/i],
  [
    'passing',
    /timeout|econnreset|econnrefused|epipe|enotfound|eai_again|socket|networking|internal(?:server|service)?(?:error|failure|exception)|serviceunavailable/i,
  ],
];

/** Sorts an error of the SDK by its name, then by the HTTP status: services do not agree on either. */
export function failureOf(error: unknown): Failure {
  const {
    name = '',
    Code = '',
    code = '',
    $metadata,
  } = (error ?? {}) as {
    name?: string;
    Code?: string;
    code?: string;
    $metadata?: { httpStatusCode?: number };
  };
  const names = [name, Code, code].map(String);
  for (const [failure, form] of forms) if (names.some((each) => form.test(each))) return failure;
  const status = $metadata?.httpStatusCode;
  if (status === 429) return 'throttled';
  if (status === 403) return 'denied';
  if (status === 404) return 'gone';
  return status !== undefined && status >= 500 ? 'passing' : 'other';
}

/** The service's own words, short. */
export function problemOf(error: unknown): string {
  const { name, message } = (error ?? {}) as { name?: string; message?: string };
  const said = (message ?? String(error)).replace(/\s+/g, ' ').trim();
  const text = name && name !== 'Error' && !said.startsWith(name) ? `${name}: ${said}` : said;
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
