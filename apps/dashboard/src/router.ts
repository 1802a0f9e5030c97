import { createRouter } from '@tanstack/react-router';
import { PageCrashed } from '@/features/frame/page-crashed';
import { PageNotFound } from '@/features/frame/page-not-found';
import { PagePending } from '@/features/frame/page-pending';
import { acceptInvitationRoute } from './routes/accept-invitation-route';
import { agentEditorRoute } from './routes/agent-editor-route';
import { agentRoute } from './routes/agent-route';
import { agentRunsRoute } from './routes/agent-runs-route';
import { agentSettingsRoute } from './routes/agent-settings-route';
import { agentTriggersRoute } from './routes/agent-triggers-route';
import { agentVersionsRoute } from './routes/agent-versions-route';
import { agentsRoute } from './routes/agents-route';
import { approvalsRoute } from './routes/approvals-route';
import { conversationsRoute } from './routes/conversations-route';
import { credentialsConnectedRoute } from './routes/credentials-connected-route';
import { credentialsRoute } from './routes/credentials-route';
import { forgotPasswordRoute } from './routes/forgot-password-route';
import { homeRoute } from './routes/home-route';
import { importToolsRoute } from './routes/import-tools-route';
import { modelsRoute } from './routes/models-route';
import { newAgentRoute } from './routes/new-agent-route';
import { newOrganisationRoute } from './routes/new-organisation-route';
import { newPromptRoute } from './routes/new-prompt-route';
import { newToolServerRoute } from './routes/new-tool-server-route';
import { playgroundRoute } from './routes/playground-route';
import { promptEditorRoute } from './routes/prompt-editor-route';
import { promptRoute } from './routes/prompt-route';
import { promptTryRoute } from './routes/prompt-try-route';
import { promptVersionsRoute } from './routes/prompt-versions-route';
import { promptsRoute } from './routes/prompts-route';
import { resetPasswordRoute } from './routes/reset-password-route';
import { rootRoute } from './routes/root-route';
import { runRoute } from './routes/run-route';
import { runsRoute } from './routes/runs-route';
import { schedulesRoute } from './routes/schedules-route';
import { settingsApiKeysRoute } from './routes/settings-api-keys-route';
import { settingsIndexRoute } from './routes/settings-index-route';
import { settingsMcpRoute } from './routes/settings-mcp-route';
import { settingsMembersRoute } from './routes/settings-members-route';
import { settingsOrganisationRoute } from './routes/settings-organisation-route';
import { settingsProfileRoute } from './routes/settings-profile-route';
import { settingsRolesRoute } from './routes/settings-roles-route';
import { settingsRoute } from './routes/settings-route';
import { settingsTeamsRoute } from './routes/settings-teams-route';
import { settingsWebhookEndpointRoute } from './routes/settings-webhook-endpoint-route';
import { settingsWebhookEndpointsRoute } from './routes/settings-webhook-endpoints-route';
import { signInRoute } from './routes/sign-in-route';
import { signUpRoute } from './routes/sign-up-route';
import { signedInRoute } from './routes/signed-in-route';
import { toolSetRoute } from './routes/tool-set-route';
import { toolSetsRoute } from './routes/tool-sets-route';
import { toolsRoute } from './routes/tools-route';
import { triggersRoute } from './routes/triggers-route';
import { usageRoute } from './routes/usage-route';
import { verifyEmailRoute } from './routes/verify-email-route';
import { webhooksRoute } from './routes/webhooks-route';

const routeTree = rootRoute.addChildren([
  signInRoute,
  signUpRoute,
  forgotPasswordRoute,
  resetPasswordRoute,
  verifyEmailRoute,
  acceptInvitationRoute,
  signedInRoute.addChildren([
    homeRoute,
    agentsRoute,
    newAgentRoute,
    agentRoute.addChildren([
      agentEditorRoute,
      agentVersionsRoute,
      agentRunsRoute,
      agentTriggersRoute,
      agentSettingsRoute,
    ]),
    promptsRoute,
    newPromptRoute,
    promptRoute.addChildren([promptEditorRoute, promptTryRoute, promptVersionsRoute]),
    runsRoute,
    runRoute,
    playgroundRoute,
    conversationsRoute,
    approvalsRoute,
    triggersRoute.addChildren([schedulesRoute, webhooksRoute]),
    modelsRoute,
    toolsRoute,
    toolSetsRoute,
    newToolServerRoute,
    importToolsRoute,
    toolSetRoute,
    credentialsRoute,
    credentialsConnectedRoute,
    usageRoute,
    newOrganisationRoute,
    settingsRoute.addChildren([
      settingsIndexRoute,
      settingsProfileRoute,
      settingsOrganisationRoute,
      settingsMembersRoute,
      settingsRolesRoute,
      settingsTeamsRoute,
      settingsApiKeysRoute,
      settingsWebhookEndpointsRoute,
      settingsWebhookEndpointRoute,
      settingsMcpRoute,
    ]),
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 10_000,
  defaultPendingMs: 150,
  defaultPendingComponent: PagePending,
  defaultErrorComponent: PageCrashed,
  defaultNotFoundComponent: PageNotFound,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
