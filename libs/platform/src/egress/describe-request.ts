/** A request as it may be stored and shown: where it went, and no secret that it carried. */
export interface RequestDescription {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const MASK = '***';

/** A word of a parameter's or header's name that says: what follows is secret. */
const SECRET_WORDS = new Set(
  (
    'accesskey apikey assertion auth authorization bearer code cookie credential credentials hmac jwt key nonce otp pass passphrase passwd ' +
    'password pat pin private pwd sas secret session sid sig sign signature ticket token totp webhook'
  ).split(' '),
);
const SECRET_NAME_PART =
  /(?:api|access|secret|private|auth|client)[-_]?(?:key|token|secret)|passw|token$|secret$|signature$/i;
/** Names that would be caught above, and yet are always harmless and worth seeing. */
const HARMLESS_NAMES = new Set(['x-request-id', 'content-type', 'accept', 'user-agent', 'max_tokens', 'maxtokens']);
const KNOWN_SECRET =
  /^(?:sk-|pk_|rk_|sk_|gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|af_|AKIA|ASIA|AIza|ya29\.|eyJ[\w-]+\.|whsec_|bot\d+:)/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Masks credentials in the user part, path, query and headers of a request; the fragment is left out, the order kept. For any input, also a URL that cannot be called. */
export function describeRequest(request: {
  readonly method?: string;
  readonly url: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
}): RequestDescription {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers ?? {}))
    headers[name.toLowerCase()] = maskHeader(name, value);
  return { method: (request.method ?? 'GET').toUpperCase(), url: maskUrl(request.url), headers };
}

function maskHeader(name: string, value: string): string {
  if (!isSecretName(name)) return looksSecret(value) ? MASK : value;
  const scheme = /^(?:Basic|Bearer|Digest|Negotiate|Token)(?= )/i.exec(value)?.[0];
  return scheme === undefined ? MASK : `${scheme} ${MASK}`;
}

function maskUrl(input: string | URL): string {
  const url = URL.canParse(String(input)) ? new URL(input) : undefined;
  if (!url) return '(not a valid URL)';
  const userinfo = url.username !== '' || url.password !== '' ? `${MASK}@` : '';
  const path = url.pathname.split('/').map((segment) => (looksSecret(decode(segment)) ? MASK : segment));
  const scheme = url.host === '' ? url.protocol : `${url.protocol}//${userinfo}${url.host}`;
  return scheme + path.join('/') + maskQuery(url.search);
}

function maskQuery(search: string): string {
  if (search === '') return '';
  const pairs = search
    .slice(1)
    .split('&')
    .map((pair) => {
      const [name = '', ...rest] = pair.split('=');
      const secret = isSecretName(decode(name)) || looksSecret(decode(rest.join('=')));
      if (rest.length === 0) return looksSecret(decode(name)) ? MASK : name;
      return secret ? `${name}=${MASK}` : pair;
    });
  return `?${pairs.join('&')}`;
}

function isSecretName(name: string): boolean {
  if (HARMLESS_NAMES.has(name.toLowerCase())) return false;
  const words = name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z\d]+/);
  return words.some((word) => SECRET_WORDS.has(word)) || SECRET_NAME_PART.test(name);
}

/** Long and mixed as only made-up strings are, or with a prefix by which the issuer marks its keys: hooks often carry their secret in the path. */
function looksSecret(value: string): boolean {
  if (KNOWN_SECRET.test(value)) return true;
  return (
    /^[\w.:~+/=-]{20,}$/.test(value) &&
    /[a-z]/.test(value) &&
    /[A-Z]/.test(value) &&
    /\d/.test(value) &&
    !UUID.test(value)
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
