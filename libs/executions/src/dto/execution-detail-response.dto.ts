import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import { anyJson } from './any-json.js';
import { UsageResponse } from './execution-response.dto.js';
import { FailureResponse } from './failure-response.dto.js';
import { largeFieldsSchema, PayloadReferenceResponse } from './payload-reference.dto.js';

@ApiExtraModels(PayloadReferenceResponse)
export class ExecutionStepResponse {
  @ApiProperty({ description: 'Address of the step in its run; the node id for plain nodes.' })
  path!: string;

  @ApiProperty()
  nodeId!: string;

  @ApiProperty()
  kind!: string;

  @ApiProperty({ enum: ['running', 'succeeded', 'failed'] })
  status!: 'running' | 'succeeded' | 'failed';

  @ApiProperty({ type: String, nullable: true, description: 'The output port it left by.' })
  port!: string | null;

  @ApiProperty({ description: 'Attempts that were made.' })
  tries!: number;

  @ApiProperty(anyJson('Resolved configuration: prompt as sent, url, …; secrets masked.'))
  input!: unknown;

  @ApiProperty(anyJson('What it gave; null until it has ended.'))
  output!: unknown;

  @ApiProperty({ type: FailureResponse, nullable: true })
  error!: FailureResponse | null;

  @ApiProperty(largeFieldsSchema('`input`, `output`, `error`'))
  large!: Record<string, PayloadReferenceResponse> | null;

  @ApiProperty({ type: UsageResponse, nullable: true })
  usage!: UsageResponse | null;

  @ApiProperty({ type: String, format: 'date-time' })
  startedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  finishedAt!: string | null;
}

export class ExecutionStepPageResponse {
  @ApiProperty({ type: [ExecutionStepResponse] })
  data!: ExecutionStepResponse[];

  @ApiProperty({ type: String, nullable: true, description: 'For the next request; null on the last page.' })
  nextCursor!: string | null;

  @ApiProperty()
  hasMore!: boolean;
}

export class ExecutionLogResponse {
  @ApiProperty({ description: 'Of the event that announced it.' })
  seq!: number;

  @ApiProperty()
  stepId!: string;

  @ApiProperty({ enum: ['debug', 'info', 'warn', 'error'] })
  level!: string;

  @ApiProperty()
  message!: string;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;
}

export class ExecutionLogPageResponse {
  @ApiProperty({ type: [ExecutionLogResponse] })
  data!: ExecutionLogResponse[];

  @ApiProperty({ description: 'Whether there are more lines after the last one.' })
  hasMore!: boolean;
}

export class ExecutionEventResponse {
  @ApiProperty({ format: 'uuid' })
  executionId!: string;

  @ApiProperty({ description: 'From 1, without gap.' })
  seq!: number;

  @ApiProperty({ type: String, format: 'date-time' })
  at!: string;

  @ApiProperty({
    enum: [
      'execution-start',
      'execution-resume',
      'step-start',
      'text-delta',
      'step-retry',
      'step-end',
      'budget-hold',
      'wait-start',
      'wait-end',
      'log',
      'execution-end',
    ],
  })
  type!: string;

  @ApiProperty({ required: false, description: 'Path of the step; absent for events about the run as a whole.' })
  stepId?: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'Depends on the type; values over 64 KiB are in its `large`, as in a step.',
  })
  data!: unknown;
}

export class ExecutionEventPageResponse {
  @ApiProperty({ type: [ExecutionEventResponse] })
  data!: ExecutionEventResponse[];

  @ApiProperty({ description: 'Ask again with `after` set to this.' })
  lastSeq!: number;

  @ApiProperty({ description: 'Whether the last event of the run is among these or before them.' })
  finished!: boolean;
}
