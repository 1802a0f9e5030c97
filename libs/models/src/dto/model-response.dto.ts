import { ApiProperty } from '@nestjs/swagger';
import type { BreakerState, ModelPrice } from '#providers';
import type { KeySource, OfferedModel } from '../catalogue/model-catalogue.service.js';
import { DatedPriceDto } from './price.dto.js';

export class ModelCredentialResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;
}

export class ModelPriceResponse {
  @ApiProperty({ type: 'integer', description: 'Micro-USD per million tokens.' })
  inputMicroUsd!: number;

  @ApiProperty({ type: 'integer' })
  cachedInputMicroUsd!: number;

  @ApiProperty({ type: 'integer' })
  outputMicroUsd!: number;

  static from({ inputMicroUsd, cachedInputMicroUsd, outputMicroUsd }: ModelPrice): ModelPriceResponse {
    return { inputMicroUsd, cachedInputMicroUsd, outputMicroUsd };
  }
}

export class ModelSamplingResponse {
  @ApiProperty({ type: Number, nullable: true, description: 'Null when the model takes no temperature.' })
  maxTemperature!: number | null;

  @ApiProperty()
  takesTopP!: boolean;
}

/** What the organisation says about a model. */
export class ModelOverrideResponse {
  @ApiProperty({ description: 'False: agents may not use it.' })
  enabled!: boolean;

  @ApiProperty({ type: String, nullable: true })
  label!: string | null;

  @ApiProperty({ type: 'integer', nullable: true })
  contextWindow!: number | null;

  @ApiProperty({ type: 'integer', nullable: true })
  maxOutputTokens!: number | null;

  @ApiProperty({ type: [DatedPriceDto] })
  prices!: DatedPriceDto[];
}

export class ModelResponse {
  @ApiProperty({ example: 'simulated/offline' })
  id!: string;

  @ApiProperty()
  provider!: string;

  @ApiProperty({ description: 'What people read; says so when the model is not a neural one.' })
  label!: string;

  @ApiProperty({ enum: ['language', 'embedding'] })
  kind!: 'language' | 'embedding';

  @ApiProperty({ description: 'True for the built-in model, which is not a neural one.' })
  simulated!: boolean;

  @ApiProperty({ description: 'Whether there is a key for it and the organisation allows it.' })
  available!: boolean;

  @ApiProperty({
    enum: ['organisation', 'installation'],
    nullable: true,
    type: String,
    description: 'Whose key it is called with; null when there is none.',
  })
  keySource!: KeySource;

  @ApiProperty({ type: ModelCredentialResponse, nullable: true, description: 'The key, when it is your own.' })
  credential!: ModelCredentialResponse | null;

  @ApiProperty({ description: 'False when your organisation has decided against it.' })
  allowed!: boolean;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Input and output together, in tokens; null: unknown.' })
  contextWindow!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Longest answer in tokens; null: unknown.' })
  maxOutputTokens!: number | null;

  @ApiProperty({ type: ModelSamplingResponse })
  sampling!: ModelSamplingResponse;

  @ApiProperty({ type: ModelPriceResponse, nullable: true, description: 'What holds today; null: unknown, not free.' })
  price!: ModelPriceResponse | null;

  @ApiProperty({ type: [DatedPriceDto], description: 'With the days from which they hold.' })
  prices!: DatedPriceDto[];

  @ApiProperty({
    enum: ['closed', 'half-open', 'open'],
    nullable: true,
    type: String,
    description: 'The circuit breaker in the process that answered; null: not called yet.',
  })
  health!: BreakerState | null;

  @ApiProperty({ type: ModelOverrideResponse, nullable: true })
  override!: ModelOverrideResponse | null;

  @ApiProperty({ type: 'integer', description: 'Of the override, for If-Match; 0: there is none.' })
  revision!: number;

  static from(model: OfferedModel): ModelResponse {
    const { id, provider, label, kind, simulated, keySource, credential, isAllowed, version } = model;
    return {
      id,
      provider,
      label,
      kind,
      simulated,
      available: keySource !== null && isAllowed,
      keySource,
      credential: credential && { id: credential.id, name: credential.name },
      allowed: isAllowed,
      contextWindow: model.contextWindow,
      maxOutputTokens: model.maxOutputTokens,
      sampling: { maxTemperature: model.sampling.maxTemperature, takesTopP: model.sampling.takesTopP },
      price: model.price && ModelPriceResponse.from(model.price),
      prices: model.prices.map((price) => DatedPriceDto.from(price)),
      health: model.health?.state ?? null,
      override: version && {
        enabled: version.enabled,
        label: version.label,
        contextWindow: version.contextWindow,
        maxOutputTokens: version.maxOutputTokens,
        prices: version.prices.map((price) => DatedPriceDto.from(price)),
      },
      revision: version?.revision ?? 0,
    };
  }
}

export class ModelListResponse {
  @ApiProperty({ type: [ModelResponse] })
  data!: ModelResponse[];
}
