import type { CallOptions } from '../../model/call-options.js';
import { convertToOpenAIRequest } from './convert-to-openai-request.js';

const CALL: CallOptions = { messages: [{ role: 'user', content: 'Hello' }] };

describe('convertToOpenAIRequest', () => {
  it('translates a conversation with pictures, tool calls and their results', () => {
    const { body } = convertToOpenAIRequest(
      'gpt-4o-mini',
      {
        messages: [
          { role: 'system', content: 'Be brief.' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'What is this?' },
              { type: 'image', mediaType: 'image/png', source: { kind: 'base64', data: 'iVBORw0' } },
            ],
          },
          {
            role: 'assistant',
            content: [{ type: 'tool-call', toolCall: { id: 'a', toolName: 'look', arguments: { zoom: 2 } } }],
          },
          { role: 'tool', toolCallId: 'a', toolName: 'look', content: 'no camera', isError: true },
        ],
      },
      true,
    );
    expect(body.messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is this?' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0' } },
        ],
      },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 'a', type: 'function', function: { name: 'look', arguments: '{"zoom":2}' } }],
      },
      { role: 'tool', tool_call_id: 'a', content: 'Error: no camera' },
    ]);
  });

  it('shortens ids that other providers gave, a call’s and its result’s alike', () => {
    const id = 'toolu_'.repeat(20);
    const { body } = convertToOpenAIRequest(
      'gpt-4o-mini',
      {
        messages: [
          { role: 'assistant', content: [{ type: 'tool-call', toolCall: { id, toolName: 'look', arguments: {} } }] },
          { role: 'tool', toolCallId: id, toolName: 'look', content: 'a dot' },
        ],
      },
      true,
    );
    const [call, result] = body.messages as unknown as [{ tool_calls: [{ id: string }] }, { tool_call_id: string }];
    expect(call.tool_calls[0].id).toMatch(/^call_[0-9a-f]{24}$/);
    expect(result.tool_call_id).toBe(call.tool_calls[0].id);
  });

  it('sends OpenAI the new name of maxTokens, and others the old one', () => {
    expect(convertToOpenAIRequest('gpt-4o-mini', { ...CALL, maxTokens: 9 }, true).body).toMatchObject({
      max_completion_tokens: 9,
    });
    expect(convertToOpenAIRequest('llama3', { ...CALL, maxTokens: 9 }, false).body).toMatchObject({ max_tokens: 9 });
  });

  it('leaves out, with a warning each, what reasoning models refuse', () => {
    const { body, warnings } = convertToOpenAIRequest(
      'gpt-5.6-luna',
      { ...CALL, temperature: 0, topP: 0.5, stop: ['x'] },
      true,
    );
    expect(body).toEqual({ model: 'gpt-5.6-luna', messages: [{ role: 'user', content: 'Hello' }] });
    expect(warnings.map((warning) => warning.setting)).toEqual(['temperature', 'topP', 'stop']);
  });

  it.each(['gpt-4.1', 'gpt-5-chat-latest', 'gpt-4o'])('keeps the temperature for %s', (modelId) => {
    expect(convertToOpenAIRequest(modelId, { ...CALL, temperature: 0 }, true).body.temperature).toBe(0);
  });

  it('forces a tool by name', () => {
    const tools = [{ name: 'look', description: 'Looks', parameters: { type: 'object' } }];
    const { body } = convertToOpenAIRequest('gpt-4.1', { ...CALL, tools, toolChoice: { toolName: 'look' } }, true);
    expect(body.tool_choice).toEqual({ type: 'function', function: { name: 'look' } });
    expect(body.tools).toEqual([
      { type: 'function', function: { name: 'look', description: 'Looks', parameters: { type: 'object' } } },
    ]);
  });
});
