import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, IsUUID, Length, Matches, Max, Min, ValidateIf } from 'class-validator';
import { PageQuery } from '#platform/http';

/** May be left out, but not be null. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_body: unknown, value: unknown) => value !== undefined);

/** Text that Postgres can keep and people can read: trimmed, without NUL. */
export const IsPlainText = (least: number, most: number): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value)),
    IsString(),
    Length(least, most),
    Matches(/^[^\0]*$/, { message: '$property must not contain a NUL character' }),
  );

/** A published version, or null for whichever is the latest one each time. */
export const VersionField = (): PropertyDecorator =>
  applyDecorators(
    ApiPropertyOptional({
      type: 'integer',
      nullable: true,
      minimum: 1,
      description: 'A published version to stay with; null for the latest one of each time.',
    }),
    IsOptional(),
    IsInt(),
    Min(1),
    Max(2_147_483_647),
  );

export class ListTriggersQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  agentId?: string;
}

export class TriggerFailureResponse {
  @ApiProperty({ example: 'agent.archived' })
  code!: string;

  @ApiProperty({ description: 'What happened and what to do about it.' })
  message!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;
}

/** The latest run of a trigger. */
export class LastRunResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'succeeded' })
  status!: string;
}

/** The run that was started. */
export class StartedRunResponse {
  @ApiProperty({ format: 'uuid' })
  executionId!: string;
}
