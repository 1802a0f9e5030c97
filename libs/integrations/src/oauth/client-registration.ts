import { Injectable } from '@nestjs/common';
import { signInNotFound, signInRefused } from '../integrations.errors.js';
import type { OAuthEndpoints } from '../kinds/credential-kind.js';
import { OAuthDocuments } from './oauth-documents.js';
import type { DiscoveredSignIn } from './oauth-discovery.js';

const CLIENT_NAME = 'AgentFlow';
const MAX_ID = 2_000;

type Client = Pick<OAuthEndpoints, 'clientId' | 'clientSecret' | 'clientAuth'>;

/** Makes us known to an authorization server that lets clients register by themselves (RFC 7591). */
@Injectable()
export class ClientRegistration {
  constructor(private readonly documents: OAuthDocuments) {}

  /** @throws AppError oauth.no_discovery where nobody can register · oauth.refused */
  async register(
    { registrationUrl, clientAuthMethods, scope }: DiscoveredSignIn,
    redirectUri: string,
    signal: AbortSignal,
  ): Promise<Client> {
    if (registrationUrl === null) {
      throw signInNotFound('it does not let clients register by themselves. Enter the client ID that it gave you');
    }
    const method = ['none', 'client_secret_post', 'client_secret_basic'].find((each) =>
      clientAuthMethods.includes(each),
    );
    const { status, body } = await this.documents.post(
      registrationUrl,
      {
        client_name: CLIENT_NAME,
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: method ?? 'none',
        ...(scope !== '' && { scope }),
      },
      signal,
    );
    const clientId = printable(body['client_id']);
    if (status < 200 || status > 299 || clientId === null)
      throw signInRefused(`it did not register us, status ${status}`);
    const clientSecret = printable(body['client_secret']);
    const registered = body['token_endpoint_auth_method'] ?? method;
    return { clientId, clientSecret, clientAuth: registered === 'client_secret_basic' ? 'basic' : 'post' };
  }
}

/** Something that can stand in a form and in an address. */
function printable(value: unknown): string | null {
  return typeof value === 'string' && value.length <= MAX_ID && /^[\u0020-\u007e]+$/.test(value) ? value : null;
}
