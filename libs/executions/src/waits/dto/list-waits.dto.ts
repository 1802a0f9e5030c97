import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional } from 'class-validator';
import type { WaitKind } from '#kernel';
import { PageQuery } from '#platform/http';
import { WAIT_KINDS } from '../known-wait.js';

export class ListWaitsQuery extends PageQuery {
  @ApiPropertyOptional({
    enum: ['open', 'answered'],
    description: 'Both, and those whose run ended first, when absent.',
  })
  @IsOptional()
  @IsIn(['open', 'answered'])
  state?: 'open' | 'answered';

  @ApiPropertyOptional({
    type: String,
    description: `One or more of ${WAIT_KINDS.join(', ')}, comma separated.`,
    example: 'approval,effect',
  })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @IsIn(WAIT_KINDS, { each: true })
  kind?: WaitKind[];
}
