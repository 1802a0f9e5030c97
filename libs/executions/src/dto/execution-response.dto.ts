import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import { anyJson } from './any-json.js';
import { FailureResponse } from './failure-response.dto.js';
import { largeFieldsSchema, PayloadReferenceResponse } from './payload-reference.dto.js';
import { WaitResponse } from '../waits/dto/wait-response.dto.js';
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

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The schedule or webhook that started it.',
  })
  triggerId!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'What that was called when it started the run.' })
  triggerName!: string | null;

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

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The run whose step started this one.',
  })
  parentId!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Title of the first thing that a waiting run waits for.',
  })
  waitingFor!: string | null;

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

@ApiExtraModels(PayloadReferenceResponse)
export class ExecutionResponse extends ExecutionSummaryResponse {
  @ApiProperty(anyJson('What it was started with.'))
  input!: unknown;

  @ApiProperty(anyJson('The result; null until it succeeds.'))
  output!: unknown;

  @ApiProperty(largeFieldsSchema('`input`, `output`, `error`'))
  large!: Record<string, PayloadReferenceResponse> | null;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  metadata!: Record<string, unknown> | null;

  @ApiProperty({ description: 'Last sequence number of the event log so far.' })
  lastSeq!: number;

  @ApiProperty({ description: 'Whether somebody asked for it to stop.' })
  cancelRequested!: boolean;

  @ApiProperty({ description: 'How many runs are above it: 0 when no step of another run started it.' })
  depth!: number;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When it last came to wait for a worker.',
  })
  queuedAt!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Told when the run ends; what became of that is at `/executions/{id}/callback`.',
  })
  callbackUrl!: string | null;

  @ApiProperty({ type: [WaitResponse], description: 'What it waits for now.' })
  waits!: WaitResponse[];
}

export class ExecutionPageResponse {
  @ApiProperty({ type: [ExecutionSummaryResponse] })
  data!: ExecutionSummaryResponse[];

  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;

  @ApiProperty()
  hasMore!: boolean;
}
