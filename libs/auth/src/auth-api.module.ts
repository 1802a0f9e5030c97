import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AuthGuard } from './access/auth.guard.js';
import { EveryRouteMarked } from './access/every-route-marked.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { ApiKeysReadModel } from './api-keys/api-keys.read-model.js';
import { AuthModule } from './auth.module.js';
import { InvitationLinksController } from './invitations/invitation-links.controller.js';
import { InvitationsController } from './invitations/invitations.controller.js';
import { InvitationsReadModel } from './invitations/invitations.read-model.js';
import { MembersController } from './members/members.controller.js';
import { MembersReadModel } from './members/members.read-model.js';
import { OrganisationsController } from './organisations/organisations.controller.js';
import { RolesController } from './roles/roles.controller.js';
import { AuthController } from './sessions/auth.controller.js';
import { ProfileReadModel } from './sessions/profile.read-model.js';
import { TeamsController } from './teams/teams.controller.js';
import { TeamsReadModel } from './teams/teams.read-model.js';

/** The doors of identity, and the guard before every door of the application. */
@Module({
  imports: [AuthModule, DiscoveryModule],
  controllers: [
    AuthController,
    OrganisationsController,
    MembersController,
    InvitationsController,
    InvitationLinksController,
    ApiKeysController,
    TeamsController,
    RolesController,
  ],
  providers: [
    ApiKeysReadModel,
    InvitationsReadModel,
    MembersReadModel,
    ProfileReadModel,
    TeamsReadModel,
    EveryRouteMarked,
    { provide: APP_GUARD, useClass: AuthGuard },
  ],
})
export class AuthApiModule {}
