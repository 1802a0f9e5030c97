import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsObject, IsString, IsUUID, Length } from 'class-validator';
import { AsSent } from '#platform/http';
import { IsPlainText, MayBeAbsent, VersionField } from '../../dto/trigger-fields.js';

const CRON = {
  example: '0 9 * * MON-FRI',
  minLength: 1,
  maxLength: 200,
  description:
    'Minute, hour, day of the month, month, day of the week; or @hourly, @daily, @weekly, @monthly, @yearly.',
};

const TIME_ZONE = { example: 'Europe/Berlin', minLength: 1, maxLength: 64, description: 'A place of the tz database.' };

const INPUT = {
  type: 'object' as const,
  additionalProperties: true,
  description: "What each run starts with; checked against the schema of the agent's start node.",
};

export class CreateScheduleRequest {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  agentId!: string;

  @VersionField()
  version?: number | null;

  @ApiProperty({ minLength: 1, maxLength: 120, example: 'Morning report' })
  @IsPlainText(1, 120)
  name!: string;

  @ApiProperty(CRON)
  @IsString()
  @Length(1, 200)
  cron!: string;

  @ApiProperty(TIME_ZONE)
  @IsString()
  @Length(1, 64)
  timeZone!: string;

  @ApiProperty(INPUT)
  @AsSent()
  @IsObject()
  input!: Record<string, unknown>;

  @ApiPropertyOptional({ default: true, description: 'False keeps it paused.' })
  @MayBeAbsent()
  @IsBoolean()
  enabled?: boolean;
}

export class UpdateScheduleRequest {
  @VersionField()
  version?: number | null;

  @ApiPropertyOptional({ minLength: 1, maxLength: 120 })
  @MayBeAbsent()
  @IsPlainText(1, 120)
  name?: string;

  @ApiPropertyOptional(CRON)
  @MayBeAbsent()
  @IsString()
  @Length(1, 200)
  cron?: string;

  @ApiPropertyOptional(TIME_ZONE)
  @MayBeAbsent()
  @IsString()
  @Length(1, 64)
  timeZone?: string;

  @ApiPropertyOptional(INPUT)
  @MayBeAbsent()
  @AsSent()
  @IsObject()
  input?: Record<string, unknown>;

  @ApiPropertyOptional({ description: 'False pauses, true resumes with the next slot.' })
  @MayBeAbsent()
  @IsBoolean()
  enabled?: boolean;
}

export class SchedulePreviewQuery {
  @ApiProperty(CRON)
  @IsString()
  @Length(1, 200)
  cron!: string;

  @ApiProperty(TIME_ZONE)
  @IsString()
  @Length(1, 64)
  timeZone!: string;
}
