import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsDate, IsIn, IsOptional, IsUUID } from 'class-validator';
import { PageQuery } from '#platform/http';
import { EXECUTION_STATUSES, type ExecutionStatus } from '../execution-status.js';

export class ListExecutionsQuery extends PageQuery {
  @ApiPropertyOptional({
    type: String,
    description: `One or more of ${EXECUTION_STATUSES.join(', ')}, comma separated.`,
    example: 'failed,timed_out',
  })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @IsIn(EXECUTION_STATUSES, { each: true })
  status?: ExecutionStatus[];

  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  agentId?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'A schedule or webhook: the runs that it started.' })
  @IsOptional()
  @IsUUID()
  triggerId?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'A run: those that its steps started.' })
  @IsOptional()
  @IsUUID()
  parentId?: string;

  @ApiPropertyOptional({ type: Boolean, description: 'Without the runs that steps of other runs started.' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  topLevel?: boolean;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Started at or after.' })
  @IsOptional()
  @Type(() => Date)
  @IsDate()
  from?: Date;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Started before.' })
  @IsOptional()
  @Type(() => Date)
  @IsDate()
  to?: Date;
}
