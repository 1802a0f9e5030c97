import type { CallOptions } from '../../model/call-options.js';
import { convertToAnthropicRequest } from './convert-to-anthropic-request.js';

const CALL: CallOptions = { messages: [{ role: 'user', content: 'Hello' }] };
const TOOLS = [{ name: 'look', description: 'Looks', parameters: { type: 'object', properties: {} } }];
const settingsOf = async (modelId: string, options: Partial<CallOptions>) =>
  (await convertToAnthropicRequest(modelId, { ...CALL, ...options })).warnings.map((warning) => warning.setting);

describe('convertToAnthropicRequest', () => {
  it('translates a conversation with rules, pictures, parallel calls and their results', async () => {
    const { body } = await convertToAnthropicRequest('claude-sonnet-4-5', {
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'What is this?' },
            { type: 'image', mediaType: 'image/png', source: { kind: 'base64', data: 'iVBORw0' } },
            { type: 'image', mediaType: 'image/png', source: { kind: 'url', url: 'https://x.example/a.png' } },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: '' },
            { type: 'tool-call', toolCall: { id: '0/1', toolName: 'look', arguments: { zoom: 2 } } },
            { type: 'tool-call', toolCall: { id: 'b', toolName: 'look', arguments: {} } },
          ],
        },
        { role: 'tool', toolCallId: '0/1', toolName: 'look', content: 'no camera', isError: true },
        { role: 'tool', toolCallId: 'b', toolName: 'look', content: 'a dot' },
        { role: 'user', content: 'Well?' },
      ],
    });
    expect(body.system).toBe('Be brief.');
    expect(body.messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBORw0' } },
          { type: 'image', source: { type: 'url', url: 'https://x.example/a.png' } },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'tool_use', id: '0_1', name: 'look', input: { zoom: 2 } },
          { type: 'tool_use', id: 'b', name: 'look', input: {} },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: '0_1', content: 'no camera', is_error: true },
          { type: 'tool_result', tool_use_id: 'b', content: 'a dot', is_error: false },
          { type: 'text', text: 'Well?' },
        ],
      },
    ]);
  });

  it('takes either temperature or topP, at most 1, and says what it left out', async () => {
    const { body, warnings } = await convertToAnthropicRequest('claude-sonnet-4-5', {
      ...CALL,
      temperature: 1.5,
      topP: 0.6,
      stop: ['END', '\n'],
    });
    expect(body).toMatchObject({ temperature: 1, stop_sequences: ['END'], max_tokens: 8_192 });
    expect(body.top_p).toBeUndefined();
    expect(warnings.map((warning) => warning.setting)).toEqual(['temperature', 'topP', 'stop']);
  });

  it.each(['claude-opus-4-7', 'claude-sonnet-5', 'claude-opus-5-5', 'claude-haiku-5-5'])(
    'sends %s no sampling settings, which it would refuse',
    async (modelId) => {
      const { body } = await convertToAnthropicRequest(modelId, { ...CALL, temperature: 0.2, topP: 0.6 });
      expect(body).toEqual({
        model: modelId,
        max_tokens: 16_000,
        messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
      });
      expect(await settingsOf(modelId, { temperature: 0.2, topP: 0.6 })).toEqual(['temperature', 'topP']);
    },
  );

  it.each(['claude-3-5-haiku-20241022', 'claude-opus-4-20250514', 'claude-sonnet-4-6', 'claude-haiku-4-5-20251001'])(
    'keeps the temperature for %s',
    async (modelId) => {
      expect((await convertToAnthropicRequest(modelId, { ...CALL, temperature: 0.2 })).body.temperature).toBe(0.2);
    },
  );

  it('forces tools where the model can be forced, and relaxes with a warning where it cannot', async () => {
    const choiceOf = async (modelId: string, toolChoice: CallOptions['toolChoice']) =>
      (await convertToAnthropicRequest(modelId, { ...CALL, tools: TOOLS, toolChoice })).body.tool_choice;
    expect(await choiceOf('claude-sonnet-5', 'required')).toEqual({ type: 'any' });
    expect(await choiceOf('claude-sonnet-5', { toolName: 'look' })).toEqual({ type: 'tool', name: 'look' });
    expect(await choiceOf('claude-opus-5-5', 'required')).toEqual({ type: 'auto' });
    expect(await settingsOf('claude-opus-5-5', { tools: TOOLS, toolChoice: 'required' })).toEqual(['toolChoice']);
  });

  it('has the schema enforced, closed as the API wants it, and says when parts of it became hints', async () => {
    const strict = {
      type: 'object',
      properties: { total: { type: 'number' } },
      required: ['total'],
      additionalProperties: false,
    };
    const exact = await convertToAnthropicRequest('claude-sonnet-4-5', {
      ...CALL,
      responseFormat: { type: 'json', schema: strict },
    });
    expect(exact.body.output_config).toEqual({ format: { type: 'json_schema', schema: strict } });
    expect(exact.warnings).toEqual([]);
    const bounded = { ...strict, properties: { total: { type: 'number', minimum: 0 } } };
    const hinted = await convertToAnthropicRequest('claude-sonnet-4-5', {
      ...CALL,
      responseFormat: { type: 'json', schema: bounded },
    });
    expect(JSON.stringify(hinted.body.output_config)).toContain('minimum: 0');
    expect(hinted.warnings.map((warning) => warning.setting)).toEqual(['responseFormat.schema']);
  });

  it('asks older models for JSON in words', async () => {
    const { body, warnings } = await convertToAnthropicRequest('claude-3-5-haiku-20241022', {
      messages: [{ role: 'system', content: 'Be brief.' }, ...CALL.messages],
      responseFormat: { type: 'json', schema: { type: 'object' } },
    });
    expect(body.output_config).toBeUndefined();
    expect(body.system).toMatch(/^Be brief\.\n\nAnswer with one JSON document.*\{"type":"object"\}$/s);
    expect(warnings).toHaveLength(1);
  });
});
