import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsString,
  Matches,
  Max,
  Min,
  ValidateIf,
} from 'class-validator';
import { GUARD_ACTIONS, type GuardAction } from '../guards/guard-verdict.js';
import { UNKNOWN_PRICE_RULES, type UnknownPriceRule } from '../policy/model-policy.js';
import type { PolicyAtRevision } from '../policy/model-policy.service.js';

const MODEL = /^[\w.-]{1,60}\/[\w.:@/-]{1,139}$/;
const MODEL_PATTERN = /^(?:\*|[\w.-]{1,60}\/(?:\*|[\w.:@/-]{1,139}))$/;

/** Which models agents use, and what is done about texts that look like an attack. */
export class SaveModelPolicyDto {
  @ApiProperty({
    type: [String],
    maxItems: 5,
    example: ['anthropic/claude-haiku-4-5'],
    description: 'Asked in this order when a model fails, where the node names no others.',
  })
  @IsArray()
  @ArrayMaxSize(5)
  @ArrayUnique()
  @IsString({ each: true })
  @Matches(MODEL, { each: true, message: 'each of fallbackModels must be written as provider/model' })
  fallbackModels!: string[];

  @ApiProperty({
    type: [String],
    nullable: true,
    maxItems: 200,
    example: ['openai/*', 'anthropic/claude-haiku-4-5'],
    description: '`provider/model` or `provider/*`; null: every model.',
  })
  @ValidateIf((_object, value: unknown) => value !== null)
  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsString({ each: true })
  @Matches(MODEL_PATTERN, { each: true, message: 'each of allowedModels must be provider/model or provider/*' })
  allowedModels!: string[] | null;

  @ApiProperty({ enum: UNKNOWN_PRICE_RULES, description: 'Whether models may be called whose price nobody knows.' })
  @IsIn(UNKNOWN_PRICE_RULES)
  unknownPrice!: UnknownPriceRule;

  @ApiProperty({ enum: GUARD_ACTIONS, description: 'Where the node says nothing.' })
  @IsIn(GUARD_ACTIONS)
  guardAction!: GuardAction;

  @ApiProperty({ type: 'integer', minimum: 1, maximum: 100, description: 'Scores below it are only recorded.' })
  @IsInt()
  @Min(1)
  @Max(100)
  guardThreshold!: number;
}

export class ModelPolicyResponse extends SaveModelPolicyDto {
  @ApiProperty({ type: 'integer', description: 'For If-Match; 0: nobody has decided anything yet.' })
  revision!: number;

  static of(policy: PolicyAtRevision): ModelPolicyResponse {
    const { allowedModels, fallbackModels, unknownPrice, guardAction, guardThreshold, revision } = policy;
    return {
      fallbackModels: [...fallbackModels],
      allowedModels: allowedModels && [...allowedModels],
      unknownPrice,
      guardAction,
      guardThreshold,
      revision,
    };
  }
}
