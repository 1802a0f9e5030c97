import { readFileSync } from 'node:fs';
import type { Fixture, FixtureRequest } from './fixture-server.js';

/** Where recorded replies lie, below `providers`. */
export type RecordingFolder =
  | 'anthropic/__fixtures__'
  | 'google/__fixtures__'
  | 'ollama/__fixtures__'
  | 'openai/__fixtures__'
  | 'openai/__fixtures__/responses';

/** A recorded reply by its file name. */
export function fixtureNamed(folder: RecordingFolder, name: string): string {
  return readFileSync(new URL(`../providers/${folder}/${name}`, import.meta.url), 'utf8');
}

/** The stream or the whole reply of one recording, chosen by what the request asks for. */
export function recording(
  folder: RecordingFolder,
  name: string,
  request: FixtureRequest,
  more: Partial<Fixture> = {},
): Fixture {
  if (!isStreamed(request))
    return { contentType: 'application/json', body: fixtureNamed(folder, `${name}.json`), ...more };
  const contentType = folder.startsWith('ollama') ? 'application/x-ndjson' : 'text/event-stream; charset=utf-8';
  return { contentType, body: fixtureNamed(folder, `${name}.chunks.txt`), ...more };
}

/** The recording that answers what a request of the contract asks for, in whichever provider's words. */
export function recordingNameFor(request: FixtureRequest): string {
  const asked = JSON.stringify(request.body);
  if (/"(?:tool_result|functionResponse|tool_name|tool_call_id|function_call_output)"/.test(asked)) return 'after-tool';
  if (/"tools":/.test(asked)) return 'tool-calls';
  if (/"(?:response_format|output_config|responseMimeType|format)":/.test(asked)) return 'structured';
  if (/"(?:max_tokens|max_completion_tokens|max_output_tokens|maxOutputTokens|num_predict)":(?:5|16)\b/.test(asked))
    return 'length';
  return 'text';
}

/** Google says it in the path, the others in the body. */
function isStreamed({ path, body }: FixtureRequest): boolean {
  return body['stream'] === true || path.includes(':streamGenerateContent');
}
