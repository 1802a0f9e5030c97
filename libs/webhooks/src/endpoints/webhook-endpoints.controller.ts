import { Body, Controller, Delete, Get, Header, HttpCode, Param, ParseUUIDPipe, Patch, Post } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#auth';
import { ApiProblems } from '#platform/http';
import { endpointNotFound } from '../webhooks.errors.js';
import { CreateWebhookEndpointRequest, UpdateWebhookEndpointRequest } from './dto/webhook-endpoint-request.dto.js';
import {
  EndpointTrialResponse,
  WebhookEndpointListResponse,
  WebhookEndpointResponse,
  WebhookEndpointWithSecretResponse,
  WebhookEventTypeListResponse,
} from './dto/webhook-endpoint-response.dto.js';
import { EndpointReplaysService } from './endpoint-replays.service.js';
import { WebhookEndpointsService } from './webhook-endpoints.service.js';

const endpointId = new ParseUUIDPipe({ exceptionFactory: endpointNotFound });

@ApiTags('webhook-endpoints')
@Controller('webhook-endpoints')
export class WebhookEndpointsController {
  constructor(
    private readonly endpoints: WebhookEndpointsService,
    private readonly replays: EndpointReplaysService,
  ) {}

  @Get()
  @RequirePermission('webhooks:read')
  @ApiOperation({ operationId: 'webhookEndpointsList', summary: 'Webhook endpoints of the organisation, newest first' })
  @ApiResponse({ status: 200, type: WebhookEndpointListResponse })
  @ApiProblems()
  async list(): Promise<WebhookEndpointListResponse> {
    return WebhookEndpointListResponse.from(await this.endpoints.list());
  }

  @Get('event-types')
  @RequirePermission('webhooks:read')
  @ApiOperation({ operationId: 'webhookEndpointsEventTypes', summary: 'What an endpoint can be told' })
  @ApiResponse({ status: 200, type: WebhookEventTypeListResponse })
  @ApiProblems()
  eventTypes(): WebhookEventTypeListResponse {
    return WebhookEventTypeListResponse.all();
  }

  @Post()
  @Header('Cache-Control', 'no-store')
  @RequirePermission('webhooks:write')
  @ApiOperation({
    operationId: 'webhookEndpointsCreate',
    summary: 'Have an address told what happens',
    description:
      'Messages are signed by the Standard Webhooks specification. The secret is in this answer and never again, so a repetition cannot be answered from a record.',
  })
  @ApiResponse({ status: 201, type: WebhookEndpointWithSecretResponse })
  @ApiProblems(409)
  async create(@Body() body: CreateWebhookEndpointRequest): Promise<WebhookEndpointWithSecretResponse> {
    const { description = '', enabled = true, ...values } = body;
    return WebhookEndpointWithSecretResponse.made(await this.endpoints.create({ ...values, description, enabled }));
  }

  @Get(':id')
  @RequirePermission('webhooks:read')
  @ApiOperation({ operationId: 'webhookEndpointsGet', summary: 'Read a webhook endpoint, without its secret' })
  @ApiResponse({ status: 200, type: WebhookEndpointResponse })
  @ApiProblems()
  async get(@Param('id', endpointId) id: string): Promise<WebhookEndpointResponse> {
    return WebhookEndpointResponse.from(await this.endpoints.get(id));
  }

  @Patch(':id')
  @RequirePermission('webhooks:write')
  @ApiOperation({ operationId: 'webhookEndpointsUpdate', summary: 'Change a webhook endpoint, switch it on or off' })
  @ApiResponse({ status: 200, type: WebhookEndpointResponse })
  @ApiProblems()
  async update(
    @Param('id', endpointId) id: string,
    @Body() body: UpdateWebhookEndpointRequest,
  ): Promise<WebhookEndpointResponse> {
    return WebhookEndpointResponse.from(await this.endpoints.update(id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequirePermission('webhooks:write')
  @ApiOperation({ operationId: 'webhookEndpointsDelete', summary: 'Delete a webhook endpoint and its deliveries' })
  @ApiResponse({ status: 204 })
  @ApiProblems()
  async delete(@Param('id', endpointId) id: string): Promise<void> {
    await this.endpoints.delete(id);
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  @RequirePermission('webhooks:write')
  @ApiOperation({
    operationId: 'webhookEndpointsRotateSecret',
    summary: 'Sign the messages of an endpoint with a new secret',
    description:
      'For 24 hours messages carry a signature of the old secret as well, so that the receiver can change over.',
  })
  @ApiResponse({ status: 200, type: WebhookEndpointWithSecretResponse })
  @ApiProblems()
  async rotateSecret(@Param('id', endpointId) id: string): Promise<WebhookEndpointWithSecretResponse> {
    return WebhookEndpointWithSecretResponse.made(await this.endpoints.rotateSecret(id));
  }

  @Post(':id/test')
  @HttpCode(200)
  @RequirePermission('webhooks:write')
  @ApiOperation({
    operationId: 'webhookEndpointsTest',
    summary: 'Send a signed test event and tell what was answered',
    description: 'An event `endpoint.test`, sent once and at once, also to an endpoint that is switched off.',
  })
  @ApiResponse({ status: 200, type: EndpointTrialResponse })
  @ApiProblems()
  async test(@Param('id', endpointId) id: string): Promise<EndpointTrialResponse> {
    return EndpointTrialResponse.from(await this.replays.test(id));
  }
}
