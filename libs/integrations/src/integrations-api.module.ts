import { AuthModule } from '#auth';
import { Module } from '@nestjs/common';
import { IntegrationsController } from './integrations.controller.js';
import { IntegrationsModule } from './integrations.module.js';
import { BegunSignIns } from './oauth/begun-sign-ins.js';
import { ClientRegistration } from './oauth/client-registration.js';
import { OAuthDiscovery } from './oauth/oauth-discovery.js';
import { OAuthDocuments } from './oauth/oauth-documents.js';
import { OAuthSignIn } from './oauth/oauth-sign-in.service.js';
import { SignInEndpoints } from './oauth/sign-in-endpoints.js';

/** Where people keep credentials and sign in at services. */
@Module({
  imports: [AuthModule, IntegrationsModule],
  controllers: [IntegrationsController],
  providers: [BegunSignIns, ClientRegistration, OAuthDiscovery, OAuthDocuments, OAuthSignIn, SignInEndpoints],
})
export class IntegrationsApiModule {}
