/** One thing that people type in. */
export interface CredentialField {
  readonly name: string;
  readonly title: string;
  /** `secret` is sealed and never shown again; all others are shown. */
  readonly type: 'text' | 'secret' | 'url' | 'number';
  readonly required: boolean;
  readonly description?: string;
  readonly placeholder?: string;
  /** Several lines are allowed, as in a private key. */
  readonly multiline?: true;
  /** A secret that does not travel in a header as it is, so that any sign may be in it. */
  readonly unicode?: true;
  /** Says where secrets go. Whoever changes it must know the secrets, or could have them sent to a place of their own. */
  readonly binds?: true;
}

/** What was typed, by name of the field; what was left empty is absent. */
export type FieldValues = Readonly<Record<string, string>>;

/** The cheapest request that a service answers only to those it knows. */
export interface ConnectionTest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** For services that say "no" with status 200. @returns what is wrong, in a word of the service, or null */
  readonly refusal?: (body: unknown) => string | null;
}

/** How a service lets people sign in for us (RFC 6749, authorization code with PKCE). */
export interface OAuthEndpoints {
  readonly authorizationUrl: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string | null;
  /** Separated by blanks; empty for none. */
  readonly scope: string;
  /** How the secret is sent (RFC 6749, 2.3.1): in the form unless said otherwise. */
  readonly clientAuth?: 'post' | 'basic';
  /** The server that the tokens are for (RFC 8707), where the authorization server serves several. */
  readonly resource?: string;
  /** What this service wants beside the standard, for example `access_type`. */
  readonly more?: Readonly<Record<string, string>>;
}

/** A server that says itself where people sign in for it (RFC 9728). */
export interface ProtectedServer {
  readonly url: string;
  /** The client that the organisation has there; null when we are to register one ourselves. */
  readonly clientId: string | null;
  readonly clientSecret: string | null;
  /** Null: what the server asks for. */
  readonly scope: string | null;
}

/** One kind of credential: what it consists of, where it may go, and how it is attached. */
export interface CredentialKind {
  readonly kind: string;
  readonly title: string;
  readonly description: string;
  readonly group: 'models' | 'web' | 'apps' | 'search' | 'databases';
  readonly fields: readonly CredentialField[];
  /** Where it may be sent when nobody says otherwise, as host rules; empty when people must say it. */
  hosts(values: FieldValues): readonly string[];
  /** What the fields cannot say one by one. @returns a sentence, or null when all is well */
  check?(values: FieldValues): string | null;
  /** Headers of a request, names in lower case. Absent for what is no web service. @param accessToken of a sign-in by OAuth */
  headers?(values: FieldValues, accessToken: string | null): Readonly<Record<string, string>>;
  test?(values: FieldValues): ConnectionTest;
  /** Null while the fields that a sign-in needs are empty. */
  oauth?(values: FieldValues): OAuthEndpoints | null;
  /** Instead of `oauth`, for servers that are asked for their endpoints when somebody signs in. */
  protectedServer?(values: FieldValues): ProtectedServer | null;
}
