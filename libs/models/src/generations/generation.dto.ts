import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { type Page, PageQuery } from '#platform/http';
import { GUARD_ACTIONS, type GuardAction } from '../guards/guard-verdict.js';
import type { GenerationRow } from './generations.read-model.js';

export class ListGenerationsQuery extends PageQuery {
  @ApiPropertyOptional({ maxLength: 1000, description: 'Path of a step: its attempts alone.' })
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  stepPath?: string;
}

export class GenerationParametersResponse {
  @ApiPropertyOptional()
  temperature?: number;

  @ApiPropertyOptional()
  topP?: number;

  @ApiPropertyOptional({ type: 'integer' })
  maxTokens?: number;
}

export class GenerationGuardResponse {
  @ApiProperty({ type: 'integer', minimum: 0, maximum: 100 })
  score!: number;

  @ApiProperty({ type: [String], example: ['ignore-instructions'] })
  reasons!: string[];

  @ApiProperty({ enum: GUARD_ACTIONS })
  action!: GuardAction;

  @ApiProperty({ description: 'Of the rules.' })
  version!: string;
}

/** One attempt at a model provider. */
export class GenerationResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: 'The step that made it.' })
  stepPath!: string;

  @ApiProperty({ type: 'integer', description: 'Which model call of the step, from 0.' })
  call!: number;

  @ApiProperty({ type: 'integer', description: 'From 1, over all models of the call.' })
  attempt!: number;

  @ApiProperty({ description: 'Whether another model was asked than the one that the node names.' })
  fallback!: boolean;

  @ApiProperty()
  provider!: string;

  @ApiProperty({ example: 'openai/gpt-5.6-luna' })
  model!: string;

  @ApiProperty({ type: String, nullable: true, description: 'As the provider names it; null: it did not answer.' })
  answeredBy!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Your own key; null: the installation’s.' })
  credentialId!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  promptId!: string | null;

  @ApiProperty({ type: String, nullable: true })
  promptVersion!: string | null;

  @ApiProperty({ type: GenerationParametersResponse })
  parameters!: GenerationParametersResponse;

  @ApiProperty({ type: 'integer' })
  inputTokens!: number;

  @ApiProperty({ type: 'integer' })
  outputTokens!: number;

  @ApiProperty({ type: 'integer', description: 'Part of the input tokens.' })
  cachedInputTokens!: number;

  @ApiProperty({ type: 'integer', description: 'Part of the output tokens.' })
  reasoningTokens!: number;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Null: the price is unknown, which is not zero.' })
  costMicroUsd!: number | null;

  @ApiProperty({
    enum: ['estimated', 'corrected'],
    nullable: true,
    type: String,
    description: '`estimated`: the provider said nothing. `corrected`: what it said could not be true.',
  })
  usageFlag!: 'estimated' | 'corrected' | null;

  @ApiProperty({ type: 'integer' })
  latencyMs!: number;

  @ApiProperty({ type: 'integer', nullable: true })
  firstTokenMs!: number | null;

  @ApiProperty({ type: String, nullable: true, example: 'stop' })
  finishReason!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'provider.rate_limited' })
  errorCode!: string | null;

  @ApiProperty({ type: GenerationGuardResponse, nullable: true })
  guard!: GenerationGuardResponse | null;

  @ApiProperty({ description: 'True for the built-in model, which is not a neural one.' })
  simulated!: boolean;

  @ApiProperty()
  startedAt!: Date;
}

export class GenerationPageResponse {
  @ApiProperty({ type: [GenerationResponse] })
  data!: GenerationResponse[];

  @ApiProperty({ type: String, nullable: true, description: '`cursor` of the next page; null on the last.' })
  nextCursor!: string | null;

  @ApiProperty()
  hasMore!: boolean;

  static from({ data, ...place }: Page<GenerationRow>): GenerationPageResponse {
    return { data: data.map(toResponse), ...place };
  }
}

function toResponse({ guard, parameters, ...row }: GenerationRow): GenerationResponse {
  return { ...row, parameters: { ...parameters }, guard: guard && { ...guard, reasons: [...guard.reasons] } };
}
