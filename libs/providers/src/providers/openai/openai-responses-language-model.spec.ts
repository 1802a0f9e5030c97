import { collectStream } from '../../model/collect-stream.js';
import type { CallOptions } from '../../model/call-options.js';
import { startFixtureServer } from '../../testing/fixture-server.js';
import { CONTRACT_CALLS } from '../../testing/contract-calls.js';
import { describeLanguageModelContract } from '../../testing/language-model.contract.js';
import { openRecordedSubject } from '../../testing/recorded-subject.js';
import { fixtureNamed, recording, recordingNameFor } from '../../testing/recordings.js';
import { convertToOpenAIResponsesRequest } from './convert-to-openai-responses-request.js';
import { OpenAIProvider } from './openai-provider.js';

const RECORDED = 'openai/__fixtures__/responses';
const CALL: CallOptions = { messages: [{ role: 'user', content: 'Hello' }] };
const modelAt = (baseUrl: string) =>
  new OpenAIProvider({ fetch, apiKey: 'sk-test-key', baseUrl, api: 'responses' }).languageModel('gpt-5.6-luna');

describe('OpenAIResponsesLanguageModel', () => {
  it('brings the whole conversation with every call and lets nothing be kept', () => {
    const { body } = convertToOpenAIResponsesRequest('gpt-4.1', {
      ...CONTRACT_CALLS['tool-result'],
      maxTokens: 100,
      temperature: 0.2,
      toolChoice: { toolName: 'get_weather' },
    });
    expect(body).toMatchObject({
      store: false,
      max_output_tokens: 100,
      temperature: 0.2,
      tool_choice: { type: 'function', name: 'get_weather' },
      input: [
        { role: 'user', content: 'What is the weather in Paris?' },
        { type: 'function_call', call_id: 'call-1/a', name: 'get_weather', arguments: '{"city":"Paris"}' },
        { type: 'function_call_output', call_id: 'call-1/a', output: '{"celsius":18,"sky":"sunny"}' },
      ],
    });
  });

  it('warns of each setting that the API or the model does not take', () => {
    const { body, warnings } = convertToOpenAIResponsesRequest('gpt-5.6-luna', {
      ...CALL,
      temperature: 0,
      topP: 0.5,
      stop: ['x'],
      maxTokens: 5,
    });
    expect(body).toEqual({
      model: 'gpt-5.6-luna',
      input: [{ role: 'user', content: 'Hello' }],
      store: false,
      max_output_tokens: 16,
    });
    expect(warnings.map((warning) => warning.setting)).toEqual(['temperature', 'topP', 'stop', 'maxTokens']);
  });

  it('asks for the path of the API and reads whole and streamed calls alike', async () => {
    const server = await startFixtureServer((request) => recording(RECORDED, recordingNameFor(request), request));
    const model = modelAt(server.baseUrl);
    const whole = await model.generate(CONTRACT_CALLS['parallel-tools']);
    const streamed = await collectStream(model, CONTRACT_CALLS['parallel-tools']);
    expect(streamed.toolCalls).toEqual(whole.toolCalls);
    expect(whole.toolCalls[1]).toEqual({
      id: 'call_Lr4TgHn1XeUwKo6BqDz5MvCa',
      toolName: 'get_weather',
      arguments: { city: 'Berlin', unit: 'celsius' },
    });
    expect(server.requests[0]?.path).toBe('/v1/responses');
    await server.close();
  });

  it.each([
    ['a failed response', fixtureNamed(RECORDED, 'failed.json'), 'application/json'],
    [
      'a failed response in a stream',
      `data: ${JSON.stringify({ type: 'response.failed', response: JSON.parse(fixtureNamed(RECORDED, 'failed.json')) })}\n\n`,
      'text/event-stream',
    ],
    [
      'an error event',
      'data: {"type":"error","code":"server_error","message":"Sorry","param":null,"sequence_number":2}\n\n',
      'text/event-stream',
    ],
  ])('reports %s', async (_what, body, contentType) => {
    const server = await startFixtureServer(() => ({ contentType, body }));
    const call = collectStream(modelAt(server.baseUrl), CALL);
    await expect(call).rejects.toMatchObject({ code: 'provider.server_error', retryable: true });
    await server.close();
  });
});

describeLanguageModelContract('openai by its responses', () =>
  openRecordedSubject(RECORDED, modelAt, {
    inputTokens: 1126,
    outputTokens: 82,
    cachedInputTokens: 1024,
    reasoningTokens: 64,
  }),
);
