import { Body, Controller, Get, Post, Put, Query, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequirePermission } from '#auth';
import { ApiProblems, EntityTagInterceptor, IF_MATCH_HEADER, IfMatch, PageQuery } from '#platform/http';
import { Idempotent } from '#tenancy';
import { SpendingLimitsService } from './budgets/spending-limits.service.js';
import { BudgetsResponse, SaveBudgetsRequest } from './dto/budgets.dto.js';
import { CreateTopUpRequest, LedgerEntryResponse, LedgerPageResponse } from './dto/ledger.dto.js';
import { UsageQuery, SpendingReportResponse } from './dto/usage.dto.js';
import { LedgerRepository } from './ledger/ledger.repository.js';
import { TopUpsService } from './ledger/top-ups.service.js';
import { UsageReportService } from './usage/usage-report.service.js';

@ApiTags('billing')
@Controller('billing')
export class BillingController {
  constructor(
    private readonly usage: UsageReportService,
    private readonly limits: SpendingLimitsService,
    private readonly topUps: TopUpsService,
    private readonly ledger: LedgerRepository,
  ) {}

  @Get('usage')
  @RequirePermission('billing:read')
  @ApiOperation({
    operationId: 'billingUsage',
    summary: 'What is used: the present windows, and sums by day, model, agent and person',
  })
  @ApiOkResponse({ type: SpendingReportResponse })
  @ApiProblems()
  async report(@Query() { days }: UsageQuery): Promise<SpendingReportResponse> {
    return SpendingReportResponse.from(await this.usage.report(days));
  }

  @Get('budgets')
  @RequirePermission('billing:read')
  @UseInterceptors(EntityTagInterceptor)
  @ApiOperation({ operationId: 'budgetsGet', summary: 'What the organisation lets be spent on models' })
  @ApiOkResponse({ type: BudgetsResponse })
  @ApiProblems()
  async budgets(): Promise<BudgetsResponse> {
    return BudgetsResponse.from(await this.limits.get());
  }

  @Put('budgets')
  @RequirePermission('billing:write')
  @UseInterceptors(EntityTagInterceptor)
  @ApiOperation({
    operationId: 'budgetsPut',
    summary: 'Replace the budgets',
    description:
      'Runs that wait for money look again within a second. An organisation that becomes prepaid begins at a balance of zero.',
  })
  @ApiHeader(IF_MATCH_HEADER)
  @ApiOkResponse({ type: BudgetsResponse })
  @ApiProblems(412, 422)
  async saveBudgets(
    @Body() body: SaveBudgetsRequest,
    @IfMatch() expectedRevision: number | null,
  ): Promise<BudgetsResponse> {
    return BudgetsResponse.from(await this.limits.save(body, expectedRevision));
  }

  @Post('top-ups')
  @RequirePermission('billing:write')
  @Idempotent()
  @ApiOperation({ operationId: 'topUpsCreate', summary: 'Pay in to the prepaid balance' })
  @ApiCreatedResponse({ type: LedgerEntryResponse })
  @ApiProblems(409, 422)
  async topUp(@Body() body: CreateTopUpRequest): Promise<LedgerEntryResponse> {
    return LedgerEntryResponse.from(await this.topUps.create(body));
  }

  @Get('ledger')
  @RequirePermission('billing:read')
  @ApiOperation({
    operationId: 'ledgerList',
    summary: 'Every movement of money, newest first; their sum is the balance',
  })
  @ApiOkResponse({ type: LedgerPageResponse })
  @ApiProblems()
  async entries(@Query() query: PageQuery): Promise<LedgerPageResponse> {
    return LedgerPageResponse.from(await this.ledger.list(query));
  }
}
