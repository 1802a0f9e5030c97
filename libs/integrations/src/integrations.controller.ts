import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  ParseUUIDPipe,
  Patch,
  Post,
  Query,
} from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#auth';
import { ApiProblems } from '#platform/http';
import { Idempotent } from '#tenancy';
import { CredentialKindListResponse } from './dto/credential-kind-response.dto.js';
import {
  CompleteSignInRequest,
  CreateCredentialRequest,
  ListCredentialsQuery,
  UpdateCredentialRequest,
} from './dto/credential-request.dto.js';
import {
  CredentialPageResponse,
  CredentialResponse,
  SignInUrlResponse,
  TestResultResponse,
  UsingAgentsResponse,
} from './dto/credential-response.dto.js';
import { ConnectionTest } from './connection-test.js';
import { credentialNotFound } from './integrations.errors.js';
import { IntegrationsReadModel } from './integrations.read-model.js';
import { IntegrationsService } from './integrations.service.js';
import { OAuthSignIn } from './oauth/oauth-sign-in.service.js';

/** An id that is not one names nothing: 404, as for an id of another organisation. */
const credentialId = new ParseUUIDPipe({ exceptionFactory: credentialNotFound });

@ApiTags('integrations')
@Controller('integrations')
export class IntegrationsController {
  constructor(
    private readonly integrations: IntegrationsService,
    private readonly lists: IntegrationsReadModel,
    private readonly tests: ConnectionTest,
    private readonly signIns: OAuthSignIn,
  ) {}

  @Get()
  @RequirePermission('integrations:read')
  @ApiOperation({ operationId: 'credentialsList', summary: 'Credentials that you may see, newest first' })
  @ApiResponse({ status: 200, type: CredentialPageResponse })
  @ApiProblems()
  async list(@Query() { kinds, ...query }: ListCredentialsQuery): Promise<CredentialPageResponse> {
    return CredentialPageResponse.from(await this.lists.list({ ...query, kinds: kinds?.split(',') }));
  }

  @Get('kinds')
  @RequirePermission('integrations:read')
  @ApiOperation({ operationId: 'credentialKindsList', summary: 'Kinds of credentials and what they consist of' })
  @ApiResponse({ status: 200, type: CredentialKindListResponse })
  @ApiProblems()
  kinds(): CredentialKindListResponse {
    return CredentialKindListResponse.all();
  }

  @Post()
  @RequirePermission('integrations:write')
  @Idempotent()
  @ApiOperation({ operationId: 'credentialsCreate', summary: 'Keep a credential' })
  @ApiResponse({ status: 201, type: CredentialResponse })
  @ApiProblems(409, 422)
  async create(@Body() body: CreateCredentialRequest): Promise<CredentialResponse> {
    const { id } = await this.integrations.create(body);
    return CredentialResponse.from(await this.lists.get(id));
  }

  @Post('oauth/callback')
  @HttpCode(200)
  @RequirePermission('integrations:write')
  @ApiOperation({
    operationId: 'credentialsCompleteSignIn',
    summary: 'End a sign-in with what the service has sent back',
    description: 'Only for whoever began it, within ten minutes, and once.',
  })
  @ApiResponse({ status: 200, type: CredentialResponse })
  @ApiProblems(409)
  async completeSignIn(@Body() body: CompleteSignInRequest): Promise<CredentialResponse> {
    return CredentialResponse.from(await this.lists.get(await this.signIns.complete(body)));
  }

  @Get(':id')
  @RequirePermission('integrations:read')
  @ApiOperation({ operationId: 'credentialsGet', summary: 'Read a credential, without its secrets' })
  @ApiResponse({ status: 200, type: CredentialResponse })
  @ApiProblems()
  async get(@Param('id', credentialId) id: string): Promise<CredentialResponse> {
    return CredentialResponse.from(await this.lists.get(id));
  }

  @Patch(':id')
  @Header('Cache-Control', 'no-store')
  @RequirePermission('integrations:write')
  @ApiOperation({
    operationId: 'credentialsUpdate',
    summary: 'Change a credential',
    description: 'What would send its secrets elsewhere needs them entered again.',
  })
  @ApiResponse({ status: 200, type: CredentialResponse })
  @ApiProblems(409, 422)
  async update(
    @Param('id', credentialId) id: string,
    @Body() body: UpdateCredentialRequest,
  ): Promise<CredentialResponse> {
    await this.integrations.update(id, body);
    return CredentialResponse.from(await this.lists.get(id));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('integrations:write')
  @ApiOperation({ operationId: 'credentialsDelete', summary: 'Delete a credential; what uses it fails from then on' })
  @ApiResponse({ status: 204 })
  @ApiProblems()
  async delete(@Param('id', credentialId) id: string): Promise<void> {
    await this.integrations.delete(id);
  }

  @Get(':id/agents')
  @RequirePermission('integrations:read')
  @ApiOperation({
    operationId: 'credentialsAgents',
    summary: 'Agents whose draft or published version uses a credential',
  })
  @ApiResponse({ status: 200, type: UsingAgentsResponse })
  @ApiProblems()
  async agents(@Param('id', credentialId) id: string): Promise<UsingAgentsResponse> {
    return { data: await this.lists.agentsUsing(id) };
  }

  @Post(':id/test')
  @HttpCode(200)
  @RequirePermission('integrations:use')
  @ApiOperation({ operationId: 'credentialsTest', summary: 'Find out whether a credential works' })
  @ApiResponse({ status: 200, type: TestResultResponse })
  @ApiProblems(409)
  async test(@Param('id', credentialId) id: string): Promise<TestResultResponse> {
    return TestResultResponse.from(await this.tests.run(id));
  }

  @Post(':id/authorize')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @RequirePermission('integrations:write')
  @ApiOperation({ operationId: 'credentialsAuthorize', summary: 'Begin to sign in at the service of a credential' })
  @ApiResponse({ status: 200, type: SignInUrlResponse })
  @ApiProblems(409)
  async authorize(@Param('id', credentialId) id: string): Promise<SignInUrlResponse> {
    return { url: await this.signIns.begin(id) };
  }
}
