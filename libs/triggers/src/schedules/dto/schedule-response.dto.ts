import { ApiProperty } from '@nestjs/swagger';
import type { Page } from '#platform/http';
import { LastRunResponse, TriggerFailureResponse } from '../../dto/trigger-fields.js';
import { cronInWords } from '../cron-words.js';
import type { ScheduleRow } from '../schedules.read-model.js';
import type { SchedulePreview } from '../schedules.service.js';

export class ScheduleResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  agentId!: string;

  @ApiProperty()
  agentName!: string;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Null: the latest published one of each time.' })
  version!: number | null;

  @ApiProperty()
  name!: string;

  @ApiProperty({ example: '0 9 * * MON-FRI' })
  cron!: string;

  @ApiProperty({ example: 'At 09:00, Monday to Friday' })
  description!: string;

  @ApiProperty({ example: 'Europe/Berlin' })
  timeZone!: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  input!: Record<string, unknown>;

  @ApiProperty({ description: 'False: paused, by a person or by itself after ten failures in a row.' })
  enabled!: boolean;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Null while paused.' })
  nextAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'The latest slot that came.' })
  lastAt!: string | null;

  @ApiProperty({ type: LastRunResponse, nullable: true })
  lastRun!: LastRunResponse | null;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Slots from here on passed while nothing ran; of them only the one at lastAt was made up for.',
  })
  missedFrom!: string | null;

  @ApiProperty({ type: TriggerFailureResponse, nullable: true, description: 'Why the latest slot started nothing.' })
  failure!: TriggerFailureResponse | null;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  updatedAt!: string;

  static from(row: ScheduleRow): ScheduleResponse {
    return {
      id: row.id,
      agentId: row.agentId,
      agentName: row.agentName,
      version: row.version,
      name: row.name,
      cron: row.cron,
      description: cronInWords(row.cron),
      timeZone: row.timeZone,
      input: row.input,
      enabled: row.enabled,
      nextAt: row.nextAt?.toISOString() ?? null,
      lastAt: row.lastAt?.toISOString() ?? null,
      lastRun: row.runId !== null && row.runStatus !== null ? { id: row.runId, status: row.runStatus } : null,
      missedFrom: row.missedFrom?.toISOString() ?? null,
      failure: row.failure,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  }
}

export class SchedulePageResponse {
  @ApiProperty({ type: [ScheduleResponse] })
  data!: ScheduleResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;

  @ApiProperty()
  hasMore!: boolean;

  static from({ data, ...place }: Page<ScheduleRow>): SchedulePageResponse {
    return { data: data.map((row) => ScheduleResponse.from(row)), ...place };
  }
}

export class SchedulePreviewResponse {
  @ApiProperty({ example: 'At 09:00, Monday to Friday' })
  description!: string;

  @ApiProperty({ type: [String], format: 'date-time', description: 'The next five times, fewer when there are fewer.' })
  next!: string[];

  static from({ description, next }: SchedulePreview): SchedulePreviewResponse {
    return { description, next: next.map((moment) => moment.toISOString()) };
  }
}
