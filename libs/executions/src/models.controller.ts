import { Controller, Get } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#auth';
import { ApiProblems } from '#platform/http';
import { ProviderRouter } from '#providers';

class ModelResponse {
  @ApiProperty({ example: 'simulated/offline' })
  id!: string;

  @ApiProperty()
  provider!: string;

  @ApiProperty({ description: 'What people read; says so when the model is not a neural one.' })
  label!: string;

  @ApiProperty({ description: 'True for the built-in model, which is not a neural one.' })
  simulated!: boolean;

  @ApiProperty({ description: 'False when its provider is not configured here.' })
  available!: boolean;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Input and output together, in tokens; null when unknown.',
  })
  contextWindow!: number | null;
}

class ModelListResponse {
  @ApiProperty({ type: [ModelResponse] })
  data!: ModelResponse[];
}

@ApiTags('models')
@Controller('models')
export class ModelsController {
  constructor(private readonly router: ProviderRouter) {}

  @Get()
  @RequirePermission('agents:read')
  @ApiOperation({ operationId: 'modelsList', summary: 'List the language models that nodes can name' })
  @ApiResponse({ status: 200, type: ModelListResponse })
  @ApiProblems()
  list(): ModelListResponse {
    const models = this.router.models().filter(({ kind }) => kind === 'language');
    return {
      data: models.map(({ id, provider, label, simulated, available, contextWindow }) => ({
        id,
        provider,
        label,
        simulated,
        available,
        contextWindow,
      })),
    };
  }
}
