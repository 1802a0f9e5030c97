import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems, PageQuery } from '#platform/http';
import { RequirePermission } from '../access.decorators.js';
import { IdParam } from '../fields/path-params.dto.js';
import { currentPrincipal } from '../principal.js';
import { ApiKeysReadModel } from './api-keys.read-model.js';
import { ApiKeysService } from './api-keys.service.js';
import { ApiKeyPageResponse, ApiKeyResponse, CreateApiKeyRequest, CreatedApiKeyResponse } from './dto/api-key.dto.js';

@ApiTags('org')
@Controller('org/api-keys')
export class ApiKeysController {
  constructor(
    private readonly apiKeys: ApiKeysService,
    private readonly lists: ApiKeysReadModel,
  ) {}

  @Get()
  @RequirePermission('keys:read')
  @ApiOperation({ operationId: 'apiKeysList', summary: 'API keys of the organisation, newest first' })
  @ApiOkResponse({ type: ApiKeyPageResponse })
  @ApiProblems()
  async list(@Query() query: PageQuery): Promise<ApiKeyPageResponse> {
    return ApiKeyPageResponse.from(await this.lists.list(query));
  }

  @Post()
  @Header('Cache-Control', 'no-store')
  @RequirePermission('keys:write')
  @ApiOperation({
    operationId: 'apiKeysCreate',
    summary: 'Make an API key',
    description: 'The key is in this answer and never again. It loses whatever its maker loses.',
  })
  @ApiCreatedResponse({ type: CreatedApiKeyResponse })
  @ApiProblems(422)
  async create(@Body() body: CreateApiKeyRequest): Promise<CreatedApiKeyResponse> {
    return CreatedApiKeyResponse.made(await this.apiKeys.create(currentPrincipal(), body));
  }

  @Get(':id')
  @RequirePermission('keys:read')
  @ApiOperation({ operationId: 'apiKeysGet', summary: 'One API key, without its secret' })
  @ApiOkResponse({ type: ApiKeyResponse })
  @ApiProblems()
  async get(@Param() { id }: IdParam): Promise<ApiKeyResponse> {
    return ApiKeyResponse.from(await this.apiKeys.get(id));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('keys:write')
  @ApiOperation({ operationId: 'apiKeysRevoke', summary: 'Shut an API key out, everywhere within five seconds' })
  @ApiNoContentResponse()
  @ApiProblems()
  async revoke(@Param() { id }: IdParam): Promise<void> {
    await this.apiKeys.revoke(id);
  }
}
