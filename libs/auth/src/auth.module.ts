import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { SETTINGS, type Settings } from '#platform/config';
import { CredentialsReadModel } from './access/credentials.read-model.js';
import { PrincipalCache } from './access/principal-cache.js';
import { PrincipalService } from './access/principal.service.js';
import { ApiKeyUsage } from './api-keys/api-key-usage.js';
import { ApiKeysRepository } from './api-keys/api-keys.repository.js';
import { ApiKeysService } from './api-keys/api-keys.service.js';
import { AuthMails } from './auth-mails.js';
import { FirstRun } from './first-run/first-run.js';
import { InvitationsRepository } from './invitations/invitations.repository.js';
import { InvitationsService } from './invitations/invitations.service.js';
import { MembersService } from './members/members.service.js';
import { MembershipsRepository } from './members/memberships.repository.js';
import { OrganisationsService } from './organisations/organisations.service.js';
import { OrganizationsRepository } from './organisations/organizations.repository.js';
import { PasswordHasher } from './people/password-hasher.js';
import { UsersRepository } from './people/users.repository.js';
import { PublicAddress } from './public-address.js';
import { RoleGrants } from './roles/role-grants.js';
import { RolesRepository } from './roles/roles.repository.js';
import { RolesService } from './roles/roles.service.js';
import { AccessTokenStrategy } from './sessions/access-token.strategy.js';
import {
  ACCESS_TOKEN_AUDIENCE,
  ACCESS_TOKEN_ISSUER,
  ACCESS_TOKEN_LIFETIME_SECONDS,
  AccessTokens,
} from './sessions/access-tokens.js';
import { AccountsService } from './sessions/accounts.service.js';
import { jwtKeyOf } from './sessions/jwt-key.js';
import { OneTimeTokensRepository } from './sessions/one-time-tokens.repository.js';
import { PasswordsService } from './sessions/passwords.service.js';
import { SessionsRepository } from './sessions/sessions.repository.js';
import { SessionsService } from './sessions/sessions.service.js';
import { TeamMembershipsRepository } from './teams/team-memberships.repository.js';
import { TeamsRepository } from './teams/teams.repository.js';
import { TeamsService } from './teams/teams.service.js';

const REPOSITORIES = [
  ApiKeysRepository,
  InvitationsRepository,
  MembershipsRepository,
  OneTimeTokensRepository,
  OrganizationsRepository,
  RolesRepository,
  SessionsRepository,
  TeamMembershipsRepository,
  TeamsRepository,
  UsersRepository,
];

const SERVICES = [
  AccountsService,
  ApiKeysService,
  FirstRun,
  InvitationsService,
  MembersService,
  OrganisationsService,
  PasswordsService,
  PrincipalService,
  PublicAddress,
  RolesService,
  SessionsService,
  TeamsService,
];

/** Identity without its doors. */
@Module({
  imports: [
    PassportModule,
    JwtModule.registerAsync({
      inject: [SETTINGS],
      useFactory: (settings: Settings) => ({
        secret: jwtKeyOf(settings),
        signOptions: {
          algorithm: 'HS256',
          issuer: ACCESS_TOKEN_ISSUER,
          audience: ACCESS_TOKEN_AUDIENCE,
          expiresIn: ACCESS_TOKEN_LIFETIME_SECONDS,
        },
      }),
    }),
  ],
  providers: [
    ...REPOSITORIES,
    ...SERVICES,
    AccessTokens,
    AccessTokenStrategy,
    ApiKeyUsage,
    AuthMails,
    CredentialsReadModel,
    PasswordHasher,
    PrincipalCache,
    RoleGrants,
  ],
  exports: SERVICES,
})
export class AuthModule {}
