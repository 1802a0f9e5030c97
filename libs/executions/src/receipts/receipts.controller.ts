import { Controller, Get, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#auth';
import { ApiProblems } from '#platform/http';
import { executionNotFound } from '../executions.errors.js';
import { ListReceiptsQuery, ReceiptPageResponse } from './receipt.dto.js';
import { ReceiptsReadModel } from './receipts.read-model.js';

const executionId = new ParseUUIDPipe({ exceptionFactory: executionNotFound });

@ApiTags('executions')
@Controller('executions')
export class ReceiptsController {
  constructor(private readonly receipts: ReceiptsReadModel) {}

  @Get(':id/receipts')
  @RequirePermission('executions:read')
  @ApiOperation({
    operationId: 'executionsReceipts',
    summary: 'What a run did to the outside world: an entry for each act, made before it and completed after it',
  })
  @ApiOkResponse({ type: ReceiptPageResponse })
  @ApiProblems()
  async list(@Param('id', executionId) id: string, @Query() query: ListReceiptsQuery): Promise<ReceiptPageResponse> {
    return ReceiptPageResponse.from(await this.receipts.ofExecution(id, query));
  }
}
