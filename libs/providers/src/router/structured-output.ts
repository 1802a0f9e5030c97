import { InvalidOutputError } from '../errors/invalid-output-error.js';
import { findSchemaProblem } from '../model/find-schema-problem.js';
import type { GenerateResult } from '../model/language-model.js';
import type { ResponseFormat } from '../model/response-format.js';

export interface FinishedAnswer extends Pick<GenerateResult, 'text' | 'toolCalls' | 'finishReason' | 'usage'> {
  /** `provider/model`, for the message. */
  readonly model: string;
  /** True when the text has been delivered piece by piece already. */
  readonly streamed: boolean;
}

/**
 * The JSON in an answer that was asked for as JSON, checked against its schema. Undefined when text was asked for or
 * the model called tools instead. The schema itself has been checked before the call.
 *
 * @throws InvalidOutputError
 */
export function structuredOutput(format: ResponseFormat | undefined, answer: FinishedAnswer): unknown {
  if (format?.type !== 'json' || (answer.text.trim() === '' && answer.toolCalls.length > 0)) return undefined;
  if (answer.finishReason.unified === 'length') {
    throw invalid(answer, 'its answer was cut off at the token limit; raise maxTokens');
  }
  if (answer.finishReason.unified === 'content-filter') throw invalid(answer, 'it refused to answer');
  const json = parse(answer);
  const problem = format.schema && findSchemaProblem(format.schema, json);
  if (problem) throw invalid(answer, `the answer does not fit the schema: ${problem}`);
  return json;
}

/** Models like to wrap their JSON in a code fence although they were told not to. */
function parse(answer: FinishedAnswer): unknown {
  const trimmed = answer.text.trim();
  const fenced = trimmed.startsWith('```') && trimmed.endsWith('```') && trimmed.includes('\n');
  try {
    return JSON.parse(fenced ? trimmed.slice(trimmed.indexOf('\n'), -3) : trimmed);
  } catch {
    throw invalid(answer, 'the answer is not JSON');
  }
}

function invalid(answer: FinishedAnswer, problem: string): InvalidOutputError {
  return new InvalidOutputError(answer.model, problem, answer.usage, answer.streamed && answer.text !== '');
}
