import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, ApiPropertyOptional, ApiResponse, getSchemaPath } from '@nestjs/swagger';

class FieldProblemResponse {
  @ApiProperty({ description: 'JSON pointer to the field.', example: '/nodes/2/config/expression' })
  pointer!: string;

  @ApiProperty({ example: 'expression.syntax' })
  code!: string;

  @ApiProperty({ description: 'What is wrong and how to mend it.' })
  message!: string;
}

/** RFC 9457 problem document. */
class ProblemResponse {
  @ApiProperty({ example: 'urn:agentflow:problem:agent.not_found' })
  type!: string;

  @ApiProperty({ example: 'Not found' })
  title!: string;

  @ApiProperty({ example: 404 })
  status!: number;

  @ApiProperty({ example: 'agent.not_found' })
  code!: string;

  @ApiProperty({ example: 'There is no such agent.' })
  detail!: string;

  @ApiProperty({ description: 'Quote it when you ask for help.' })
  requestId!: string;

  @ApiProperty({ description: 'Whether trying the same again can help.' })
  retryable!: boolean;

  @ApiPropertyOptional({ type: [FieldProblemResponse] })
  errors?: FieldProblemResponse[];
}

/** Documents the failures of a route as problem+json. 400, 401, 403 and 404 are stated for all. */
export function ApiProblems(...statuses: number[]): MethodDecorator & ClassDecorator {
  const problem = { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemResponse) } } };
  return applyDecorators(
    ApiExtraModels(ProblemResponse, FieldProblemResponse),
    ...[400, 401, 403, 404, ...statuses].map((status) =>
      ApiResponse({ status, description: DESCRIPTIONS[status] ?? 'Problem', content: problem }),
    ),
  );
}

const DESCRIPTIONS: Readonly<Record<number, string>> = {
  400: 'Malformed request or unknown field',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found, or not yours',
  409: 'Conflict with the present state',
  412: 'Changed in the meantime',
  413: 'Body too large',
  422: 'Understood, but not acceptable',
  429: 'Limit reached',
};
