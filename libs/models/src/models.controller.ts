import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query, UseInterceptors } from '@nestjs/common';
import { ApiHeader, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#auth';
import { ApiProblems, EntityTagInterceptor, IF_MATCH_HEADER, IfMatch } from '#platform/http';
import { ModelCatalogue } from './catalogue/model-catalogue.service.js';
import { ModelHealthListResponse, ModelHealthResponse } from './dto/model-health.dto.js';
import { ModelPolicyResponse, SaveModelPolicyDto } from './dto/model-policy.dto.js';
import { ModelListResponse, ModelResponse } from './dto/model-response.dto.js';
import { ListModelsQuery, OverrideModelDto } from './dto/override-model.dto.js';
import { ModelPolicyService } from './policy/model-policy.service.js';
import { ProvidersHealth } from './providers-health.js';

const ID = { name: 'id', description: '`provider/model`, with its slash as `%2F`.', example: 'openai/gpt-4.1-mini' };

@ApiTags('models')
@Controller('models')
@UseInterceptors(EntityTagInterceptor)
export class ModelsController {
  constructor(
    private readonly catalogue: ModelCatalogue,
    private readonly policies: ModelPolicyService,
    private readonly providers: ProvidersHealth,
  ) {}

  @Get()
  @RequirePermission('agents:read')
  @ApiOperation({ operationId: 'modelsList', summary: 'List the models that nodes can name, with prices and bounds' })
  @ApiOkResponse({ type: ModelListResponse })
  @ApiProblems()
  async list(@Query() { kind }: ListModelsQuery): Promise<ModelListResponse> {
    const models = await this.catalogue.list();
    return { data: models.filter((model) => kind === undefined || model.kind === kind).map(ModelResponse.from) };
  }

  @Get('health')
  @RequirePermission('agents:read')
  @ApiOperation({ operationId: 'modelsHealth', summary: 'How the models are doing that were called lately' })
  @ApiOkResponse({ type: ModelHealthListResponse })
  @ApiProblems()
  async health(): Promise<ModelHealthListResponse> {
    return { data: (await this.providers.visible()).map(ModelHealthResponse.from) };
  }

  @Get('policy')
  @RequirePermission('agents:read')
  @ApiOperation({ operationId: 'modelPolicyGet', summary: 'Read which models may be used, and how' })
  @ApiOkResponse({ type: ModelPolicyResponse })
  @ApiProblems()
  async policy(): Promise<ModelPolicyResponse> {
    return ModelPolicyResponse.of(await this.policies.get());
  }

  @Put('policy')
  @RequirePermission('models:write')
  @ApiOperation({ operationId: 'modelPolicyPut', summary: 'Decide which models may be used, and how' })
  @ApiHeader(IF_MATCH_HEADER)
  @ApiOkResponse({ type: ModelPolicyResponse })
  @ApiProblems(412)
  async savePolicy(
    @Body() body: SaveModelPolicyDto,
    @IfMatch() expectedRevision: number | null,
  ): Promise<ModelPolicyResponse> {
    return ModelPolicyResponse.of(await this.policies.save(body, expectedRevision));
  }

  @Get(':id')
  @RequirePermission('agents:read')
  @ApiOperation({ operationId: 'modelsGet', summary: 'Read a model' })
  @ApiParam(ID)
  @ApiOkResponse({ type: ModelResponse })
  @ApiProblems()
  async get(@Param('id') id: string): Promise<ModelResponse> {
    return ModelResponse.from(await this.catalogue.get(id));
  }

  @Put(':id')
  @RequirePermission('models:write')
  @ApiOperation({ operationId: 'modelsOverride', summary: 'Say what you know better about a model, or forbid it' })
  @ApiParam(ID)
  @ApiHeader(IF_MATCH_HEADER)
  @ApiOkResponse({ type: ModelResponse })
  @ApiProblems(412, 422)
  async override(
    @Param('id') id: string,
    @Body() { enabled, label = null, contextWindow = null, maxOutputTokens = null, prices = [] }: OverrideModelDto,
    @IfMatch() expectedRevision: number | null,
  ): Promise<ModelResponse> {
    const values = { enabled, label, contextWindow, maxOutputTokens, prices };
    return ModelResponse.from(await this.catalogue.override(id, values, expectedRevision));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('models:write')
  @ApiOperation({ operationId: 'modelsReset', summary: 'Take back what you said about a model' })
  @ApiParam(ID)
  @ApiNoContentResponse()
  @ApiProblems()
  async reset(@Param('id') id: string): Promise<void> {
    await this.catalogue.reset(id);
  }
}
