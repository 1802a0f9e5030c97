import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import { Strategy, type StrategyOptionsWithoutRequest } from 'passport-jwt';
import { InjectSettings, type Settings } from '#platform/config';
import { authErrors } from '../auth.errors.js';
import { ACCESS_TOKEN_AUDIENCE, ACCESS_TOKEN_ISSUER, type AccessClaims } from './access-tokens.js';
import { jwtKeyOf } from './jwt-key.js';

/** What passport hands to a strategy: here a token alone, so that HTTP and sockets come through the same check. */
interface TokenBearer {
  readonly token: string;
}

/** Checks access tokens: our signature, HS256 and nothing else, our issuer and audience, not expired. */
@Injectable()
export class AccessTokenStrategy extends PassportStrategy(Strategy, 'access-token') {
  constructor(@InjectSettings() settings: Settings) {
    super({
      jwtFromRequest: (bearer: unknown) => (bearer as TokenBearer).token,
      // passport-jwt hands it on as it is; its types know only text and buffers.
      secretOrKey: jwtKeyOf(settings) as unknown as Buffer,
      algorithms: ['HS256'],
      issuer: ACCESS_TOKEN_ISSUER,
      audience: ACCESS_TOKEN_AUDIENCE,
    } satisfies StrategyOptionsWithoutRequest);
  }

  validate(payload: Readonly<Record<string, unknown>>): AccessClaims {
    const { sub, sid, org, exp } = payload;
    if (typeof sub !== 'string' || typeof sid !== 'string' || typeof org !== 'string' || typeof exp !== 'number') {
      throw authErrors.invalidToken();
    }
    return { userId: sub, sessionId: sid, orgId: org };
  }

  /** Runs the strategy as passport does, on an own copy per attempt. @throws AppError unauthenticated */
  check(token: string): Promise<AccessClaims> {
    return new Promise((resolve, reject) => {
      const attempt = Object.create(this) as Strategy;
      attempt.success = (claims: unknown) => resolve(claims as AccessClaims);
      attempt.fail = () => reject(authErrors.invalidToken());
      attempt.error = reject;
      attempt.authenticate({ token } as unknown as Parameters<Strategy['authenticate']>[0]);
    });
  }
}
