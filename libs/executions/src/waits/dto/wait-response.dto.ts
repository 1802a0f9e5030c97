import { ApiExtraModels, ApiProperty } from '@nestjs/swagger';
import type { WaitKind } from '#kernel';
import { anyJson } from '../../dto/any-json.js';
import { largeFieldsSchema, PayloadReferenceResponse } from '../../dto/payload-reference.dto.js';
import { FailureResponse } from '../../dto/failure-response.dto.js';
import { WAIT_KINDS } from '../known-wait.js';

/** The states that people tell apart: whether the run has picked the answer up already is not their business. */
export const SHOWN_WAIT_STATES = ['open', 'answered', 'void'] as const;

export class WaitEventResponse {
  @ApiProperty()
  name!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Null when any event with this name will do.' })
  correlation!: string | null;
}

@ApiExtraModels(PayloadReferenceResponse)
export class WaitAnswerResponse {
  @ApiProperty({
    example: 'approved',
    description:
      '`approved` `rejected` (approval) · `happened` `not_happened` (effect) · `received` (event) · `due` (timer) · `succeeded` `failed` `cancelled` `timed_out` (run) · `timeout`',
  })
  decision!: string;

  @ApiProperty(anyJson('Form values, event data, or the output of the other run.'))
  data!: unknown;

  @ApiProperty(largeFieldsSchema('`data`'))
  large!: Record<string, PayloadReferenceResponse> | null;

  @ApiProperty({ type: FailureResponse, nullable: true, description: 'Why the other run failed.' })
  error!: FailureResponse | null;
}

export class WaitPersonResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;
}

/** What a run waits for, or has waited for. */
export class WaitResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  executionId!: string;

  @ApiProperty({ format: 'uuid' })
  agentId!: string;

  @ApiProperty()
  agentName!: string;

  @ApiProperty({ description: 'Path of the step that waits.' })
  path!: string;

  @ApiProperty({ enum: WAIT_KINDS, enumName: 'WaitKind', description: 'What can answer it.' })
  kind!: WaitKind;

  @ApiProperty()
  title!: string;

  @ApiProperty(anyJson('What is to be decided about; secrets masked.'))
  payload!: unknown;

  @ApiProperty(largeFieldsSchema('`payload`'))
  large!: Record<string, PayloadReferenceResponse> | null;

  @ApiProperty({ description: 'A decision names it, so that it is about exactly this payload.' })
  payloadHash!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'JSON Schema of what the decision must bring along.',
  })
  form!: Record<string, unknown> | null;

  @ApiProperty({ type: [String], description: 'What may be decided; empty when nobody is asked.' })
  decisions!: string[];

  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When it answers itself.' })
  dueAt!: string | null;

  @ApiProperty({
    enum: SHOWN_WAIT_STATES,
    enumName: 'WaitState',
    description: '`void`: the run ended before anybody answered.',
  })
  state!: (typeof SHOWN_WAIT_STATES)[number];

  @ApiProperty({ type: WaitAnswerResponse, nullable: true })
  answer!: WaitAnswerResponse | null;

  @ApiProperty({ type: WaitPersonResponse, nullable: true, description: 'Null when nobody decided.' })
  answeredBy!: WaitPersonResponse | null;

  @ApiProperty({
    required: false,
    type: String,
    format: 'uuid',
    description: 'For kind `run`: the run that it waits for.',
  })
  runId?: string;

  @ApiProperty({ required: false, type: WaitEventResponse, description: 'For kind `event`.' })
  event?: WaitEventResponse;

  @ApiProperty({ type: String, format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  answeredAt!: string | null;
}

export class WaitListResponse {
  @ApiProperty({ type: [WaitResponse] })
  data!: WaitResponse[];
}

export class WaitPageResponse extends WaitListResponse {
  @ApiProperty({ type: String, nullable: true })
  nextCursor!: string | null;

  @ApiProperty()
  hasMore!: boolean;
}
