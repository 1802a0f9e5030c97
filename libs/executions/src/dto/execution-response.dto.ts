import { ApiProperty } from '@nestjs/swagger';
import { anyJson } from './any-json.js';
import { EXECUTION_STATUSES, type ExecutionStatus } from '../execution-status.js';

export class UsageResponse {
  @ApiProperty()
  inputTokens!: number;

  @ApiProperty()
  outputTokens!: number;

  @ApiProperty({ description: 'Part of inputTokens that the provider served from its cache.' })
  cachedInputTokens!: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Integer micro-USD; null when a price is not known.' })
  costMicroUsd!: number | null;
}

export class FailureResponse {
  @ApiProperty({ example: 'http.status' })
  code!: string;

  @ApiProperty({ description: 'What happened and what to do about it.' })
  message!: string;

  @ApiProperty({ description: 'Whether trying the same again can help.' })
  retryable!: boolean;

  @ApiProperty({ required: false, description: 'The step that failed.' })
  stepId?: string;
}

/** A run without its payloads. */
export class ExecutionSummaryResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  agentId!: string;

  @ApiProperty()
  agentName!: string;

  @ApiProperty()
  version!: number;

  @ApiProperty({ enum: EXECUTION_STATUSES, enumName: 'ExecutionStatus', description: 'Where the run stands.' })
  status!: ExecutionStatus;

  @ApiProperty({ description: 'How many processes have worked on it; more than 1 after a crash.' })
  attempt!: number;

  @ApiProperty({ enum: ['interactive', 'background'] })
  mode!: 'interactive' | 'background';

  @ApiProperty({ description: 'What started it.', example: 'api' })
  trigger!: string;

  @ApiProperty({ type: FailureResponse, nullable: true })
  error!: FailureResponse | null;

  @ApiProperty({ type: UsageResponse })
  usage!: UsageResponse;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The run whose finished steps this one took over.',
  })
  retryOf!: string | null;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  startedAt!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt!: string | null;

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Milliseconds between acceptance and start; null until it starts.',
  })
  queuedMs!: number | null;
}

export class ExecutionResponse extends ExecutionSummaryResponse {
  @ApiProperty(anyJson('What it was started with.'))
  input!: unknown;

  @ApiProperty(anyJson('The result; null until it succeeds.'))
  output!: unknown;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  metadata!: Record<string, unknown> | null;

  @ApiProperty({ description: 'Last sequence number of the event log so far.' })
  lastSeq!: number;

  @ApiProperty({ description: 'Whether somebody asked for it to stop.' })
  cancelRequested!: boolean;
}

export class ExecutionPageResponse {
  @ApiProperty({ type: [ExecutionSummaryResponse] })
  data!: ExecutionSummaryResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;

  @ApiProperty()
  hasMore!: boolean;
}
