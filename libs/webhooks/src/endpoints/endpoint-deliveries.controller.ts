import { Body, Controller, Get, HttpCode, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiResponse, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#auth';
import { ApiProblems } from '#platform/http';
import { deliveryNotFound, endpointNotFound } from '../webhooks.errors.js';
import {
  EndpointDeliveryDetailResponse,
  EndpointDeliveryPageResponse,
  ListEndpointDeliveriesQuery,
  ReplayFailedRequest,
  ReplayFailedResponse,
} from './dto/endpoint-delivery.dto.js';
import { EndpointDeliveriesReadModel } from './endpoint-deliveries.read-model.js';
import { EndpointReplaysService } from './endpoint-replays.service.js';
import { WebhookEndpointsService } from './webhook-endpoints.service.js';

const endpointId = new ParseUUIDPipe({ exceptionFactory: endpointNotFound });
const deliveryId = new ParseUUIDPipe({ exceptionFactory: deliveryNotFound });

@ApiTags('webhook-endpoints')
@Controller('webhook-endpoints/:id')
export class EndpointDeliveriesController {
  constructor(
    private readonly endpoints: WebhookEndpointsService,
    private readonly deliveries: EndpointDeliveriesReadModel,
    private readonly replays: EndpointReplaysService,
  ) {}

  @Get('deliveries')
  @RequirePermission('webhooks:read')
  @ApiOperation({
    operationId: 'endpointDeliveriesList',
    summary: 'What became of the messages to an endpoint, newest first',
    description: 'Kept for 30 days, and no longer than the run that a message tells of.',
  })
  @ApiResponse({ status: 200, type: EndpointDeliveryPageResponse })
  @ApiProblems()
  async list(
    @Param('id', endpointId) id: string,
    @Query() query: ListEndpointDeliveriesQuery,
  ): Promise<EndpointDeliveryPageResponse> {
    await this.endpoints.get(id);
    return EndpointDeliveryPageResponse.from(await this.deliveries.list(id, query));
  }

  @Get('deliveries/:deliveryId')
  @RequirePermission('webhooks:read')
  @ApiOperation({ operationId: 'endpointDeliveriesGet', summary: 'One message with every attempt to deliver it' })
  @ApiResponse({ status: 200, type: EndpointDeliveryDetailResponse })
  @ApiProblems()
  async get(
    @Param('id', endpointId) id: string,
    @Param('deliveryId', deliveryId) delivery: string,
  ): Promise<EndpointDeliveryDetailResponse> {
    return EndpointDeliveryDetailResponse.of(await this.deliveries.get(id, delivery));
  }

  @Post('deliveries/:deliveryId/redeliver')
  @HttpCode(202)
  @RequirePermission('webhooks:write')
  @ApiOperation({
    operationId: 'endpointDeliveriesRedeliver',
    summary: 'Send a message once more',
    description: 'At once, under the same `webhook-id`. When it fails, the schedule goes on.',
  })
  @ApiResponse({ status: 202, type: EndpointDeliveryDetailResponse })
  @ApiProblems(409)
  async redeliver(
    @Param('id', endpointId) id: string,
    @Param('deliveryId', deliveryId) delivery: string,
  ): Promise<EndpointDeliveryDetailResponse> {
    await this.replays.replay(id, delivery);
    return EndpointDeliveryDetailResponse.of(await this.deliveries.get(id, delivery));
  }

  @Post('redeliver-failed')
  @HttpCode(202)
  @RequirePermission('webhooks:write')
  @ApiOperation({
    operationId: 'endpointDeliveriesRedeliverFailed',
    summary: 'Send everything once more that was given up since a moment',
  })
  @ApiResponse({ status: 202, type: ReplayFailedResponse })
  @ApiProblems(409)
  async redeliverFailed(
    @Param('id', endpointId) id: string,
    @Body() { since }: ReplayFailedRequest,
  ): Promise<ReplayFailedResponse> {
    return ReplayFailedResponse.from(await this.replays.replayFailed(id, since));
  }
}
