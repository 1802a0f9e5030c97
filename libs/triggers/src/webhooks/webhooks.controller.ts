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
import { ApiProblems, PageQuery } from '#platform/http';
import { ListTriggersQuery } from '../dto/trigger-fields.js';
import { webhookNotFound } from '../triggers.errors.js';
import { CreateWebhookRequest, RotateSecretRequest, UpdateWebhookRequest } from './dto/webhook-request.dto.js';
import {
  CreatedWebhookResponse,
  RotatedSecretResponse,
  WebhookDeliveryPageResponse,
  WebhookPageResponse,
  WebhookResponse,
} from './dto/webhook-response.dto.js';
import { WebhookPresenter } from './webhook-presenter.js';
import { WebhooksReadModel } from './webhooks.read-model.js';
import { WebhooksService } from './webhooks.service.js';

/** An id that is not one names nothing: 404, as for an id of another organisation. */
const webhookId = new ParseUUIDPipe({ exceptionFactory: webhookNotFound });

@ApiTags('webhooks')
@Controller('webhooks')
export class WebhooksController {
  constructor(
    private readonly webhooks: WebhooksService,
    private readonly lists: WebhooksReadModel,
    private readonly presenter: WebhookPresenter,
  ) {}

  @Get()
  @RequirePermission('triggers:read')
  @ApiOperation({ operationId: 'webhooksList', summary: 'Webhooks of the organisation, newest first' })
  @ApiResponse({ status: 200, type: WebhookPageResponse })
  @ApiProblems()
  list(@Query() query: ListTriggersQuery): Promise<WebhookPageResponse> {
    return this.presenter.list(query);
  }

  @Post()
  @Header('Cache-Control', 'no-store')
  @RequirePermission('triggers:write')
  @ApiOperation({
    operationId: 'webhooksCreate',
    summary: 'Let another system start runs of an agent',
    description: 'The secret is in this answer and never again, so a repetition cannot be answered from a record.',
  })
  @ApiResponse({ status: 201, type: CreatedWebhookResponse })
  @ApiProblems(409, 422)
  async create(@Body() body: CreateWebhookRequest): Promise<CreatedWebhookResponse> {
    const made = await this.webhooks.create({
      ...body,
      version: body.version ?? null,
      verification: body.verification ?? 'standard-webhooks',
      signatureHeader: body.signatureHeader ?? null,
      timestampHeader: body.timestampHeader ?? null,
      inputExpression: body.inputExpression ?? null,
      enabled: body.enabled ?? true,
    });
    return this.presenter.created(made);
  }

  @Get(':id')
  @RequirePermission('triggers:read')
  @ApiOperation({ operationId: 'webhooksGet', summary: 'Read a webhook, without its secret' })
  @ApiResponse({ status: 200, type: WebhookResponse })
  @ApiProblems()
  get(@Param('id', webhookId) id: string): Promise<WebhookResponse> {
    return this.presenter.get(id);
  }

  @Patch(':id')
  @RequirePermission('triggers:write')
  @ApiOperation({ operationId: 'webhooksUpdate', summary: 'Change, pause or resume a webhook; its address stays' })
  @ApiResponse({ status: 200, type: WebhookResponse })
  @ApiProblems(409, 422)
  async update(@Param('id', webhookId) id: string, @Body() body: UpdateWebhookRequest): Promise<WebhookResponse> {
    await this.webhooks.update(id, body);
    return this.presenter.get(id);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('triggers:write')
  @ApiOperation({ operationId: 'webhooksDelete', summary: 'Delete a webhook and its log; its runs stay' })
  @ApiResponse({ status: 204 })
  @ApiProblems()
  async delete(@Param('id', webhookId) id: string): Promise<void> {
    await this.webhooks.delete(id);
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @RequirePermission('triggers:write')
  @ApiOperation({
    operationId: 'webhooksRotateSecret',
    summary: 'Give a webhook a new secret; the old one ends at once',
  })
  @ApiResponse({ status: 200, type: RotatedSecretResponse })
  @ApiProblems(422)
  async rotateSecret(
    @Param('id', webhookId) id: string,
    @Body() { secret }: RotateSecretRequest,
  ): Promise<RotatedSecretResponse> {
    return { secret: (await this.webhooks.rotateSecret(id, secret)).secret };
  }

  @Get(':id/deliveries')
  @RequirePermission('triggers:read')
  @ApiOperation({
    operationId: 'webhooksDeliveries',
    summary: 'Messages that proved their sender, newest first',
    description: 'Of messages that did not, nothing is kept.',
  })
  @ApiResponse({ status: 200, type: WebhookDeliveryPageResponse })
  @ApiProblems()
  async deliveries(
    @Param('id', webhookId) id: string,
    @Query() query: PageQuery,
  ): Promise<WebhookDeliveryPageResponse> {
    return WebhookDeliveryPageResponse.from(await this.lists.deliveries(id, query));
  }
}
