import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import type { Page } from '#platform/http';
import { type LedgerEntryRow, LEDGER_KINDS, type LedgerKind } from '../ledger/ledger-entry.js';
import { MAX_MICRO_USD } from '../micro-usd.js';

export class CreateTopUpRequest {
  @ApiProperty({ minimum: 1, maximum: MAX_MICRO_USD, description: 'In micro-USD: 1000000 is one dollar.' })
  @IsInt()
  @Min(1)
  @Max(MAX_MICRO_USD)
  amountMicroUsd!: number;

  @ApiPropertyOptional({ maxLength: 200, description: 'Kept with the entry, for example an invoice number.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  note?: string;
}

export class LedgerEntryResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: LEDGER_KINDS, enumName: 'LedgerKind', description: 'What moved the money.' })
  kind!: LedgerKind;

  @ApiProperty({ description: 'What it adds to the balance; negative for what is set aside.' })
  amountMicroUsd!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'For `settle`: what the model call cost.' })
  settledMicroUsd!: number | null;

  @ApiProperty({ description: 'For `settle`: what the call cost beyond a prepaid balance.' })
  shortfallMicroUsd!: number;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  reservationId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'The run.' })
  executionId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Who paid in.' })
  userId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  note!: string | null;

  @ApiProperty()
  createdAt!: Date;

  static from(row: LedgerEntryRow): LedgerEntryResponse {
    return { ...row };
  }
}

export class LedgerPageResponse {
  @ApiProperty({ type: [LedgerEntryResponse] })
  data!: LedgerEntryResponse[];

  @ApiProperty({ type: String, nullable: true, description: '`cursor` of the next page; null on the last.' })
  nextCursor!: string | null;

  @ApiProperty()
  hasMore!: boolean;

  static from({ data, ...place }: Page<LedgerEntryRow>): LedgerPageResponse {
    return { data: data.map((row) => LedgerEntryResponse.from(row)), ...place };
  }
}
