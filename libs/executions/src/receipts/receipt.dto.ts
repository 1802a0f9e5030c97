import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { type Page, PageQuery } from '#platform/http';
import type { ReceiptRow } from './receipts.read-model.js';

export const RECEIPT_STATES = ['intended', 'completed', 'failed', 'unknown'] as const;

export type ReceiptState = (typeof RECEIPT_STATES)[number];

export class ListReceiptsQuery extends PageQuery {
  @ApiPropertyOptional({ maxLength: 1000, description: 'Path of a step: its acts alone.' })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  stepPath?: string;
}

/** One act on the outside world, as the effect ledger has it. */
export class ReceiptResponse {
  @ApiProperty({ description: 'Path of the step that acted.' })
  stepPath!: string;

  @ApiProperty({ description: 'Which act of the step; the same at every attempt.' })
  call!: string;

  @ApiProperty({ type: 'integer', minimum: 1, description: 'How often it was begun on purpose.' })
  round!: number;

  @ApiProperty({
    enum: RECEIPT_STATES,
    enumName: 'ReceiptState',
    description: '`intended`: entered before it was begun. `unknown`: begun, and no answer came.',
  })
  state!: ReceiptState;

  @ApiProperty({ description: 'SHA-256 of what was sent, without secrets, in hex.' })
  requestHash!: string;

  @ApiProperty({ type: String, format: 'date-time', description: 'When it was entered, which is before the act.' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', description: 'When its outcome was entered last.' })
  updatedAt!: string;

  static from({ createdAt, updatedAt, ...row }: ReceiptRow): ReceiptResponse {
    return { ...row, createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() };
  }
}

export class ReceiptPageResponse {
  @ApiProperty({ type: [ReceiptResponse] })
  data!: ReceiptResponse[];

  @ApiProperty({ type: 'string', nullable: true })
  nextCursor!: string | null;

  @ApiProperty()
  hasMore!: boolean;

  static from({ data, nextCursor, hasMore }: Page<ReceiptRow>): ReceiptPageResponse {
    return { data: data.map(ReceiptResponse.from), nextCursor, hasMore };
  }
}
