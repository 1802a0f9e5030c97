import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';

export const ACCESS_TOKEN_LIFETIME_SECONDS = 15 * 60;
export const ACCESS_TOKEN_ISSUER = 'agentflow';
export const ACCESS_TOKEN_AUDIENCE = 'agentflow-api';

/** What an access token says. It proves who asks; what they may do is looked up, so that it can be taken away. */
export interface AccessClaims {
  readonly userId: string;
  readonly sessionId: string;
  /** The organisation that is meant when a request names none. */
  readonly orgId: string;
}

@Injectable()
export class AccessTokens {
  constructor(private readonly jwt: JwtService) {}

  issue({ userId, sessionId, orgId }: AccessClaims): string {
    return this.jwt.sign({ sub: userId, sid: sessionId, org: orgId });
  }
}
