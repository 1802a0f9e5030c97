import type { CallOptions } from '../../model/call-options.js';
import { convertToGoogleRequest } from './convert-to-google-request.js';

const CALL: CallOptions = { messages: [{ role: 'user', content: 'Hello' }] };
const TOOLS = [{ name: 'look', description: 'Looks', parameters: { type: 'object', properties: {} } }];
const SCHEMA = { type: 'object', properties: { total: { type: 'number' } } };

describe('convertToGoogleRequest', () => {
  it('puts rules, settings, tools and schema where Google wants them', () => {
    const { body, warnings } = convertToGoogleRequest('gemini-3.5-flash', {
      messages: [{ role: 'system', content: 'Be brief.' }, ...CALL.messages],
      temperature: 0.2,
      topP: 0.6,
      maxTokens: 99,
      stop: ['END'],
      tools: TOOLS,
      toolChoice: { toolName: 'look' },
      responseFormat: { type: 'json', schema: { ...SCHEMA, $schema: 'http://json-schema.org/draft-07/schema#' } },
    });
    expect(body).toEqual({
      contents: [{ role: 'user', parts: [{ text: 'Hello' }] }],
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      tools: [
        {
          functionDeclarations: [
            { name: 'look', description: 'Looks', parametersJsonSchema: { type: 'object', properties: {} } },
          ],
        },
      ],
      toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['look'] } },
      generationConfig: {
        temperature: 0.2,
        topP: 0.6,
        maxOutputTokens: 99,
        stopSequences: ['END'],
        responseMimeType: 'application/json',
        responseJsonSchema: SCHEMA,
      },
    });
    expect(warnings).toEqual([]);
  });

  it('asks the second generation for JSON in words while it may use tools', () => {
    const { body, warnings } = convertToGoogleRequest('gemini-2.5-flash', {
      ...CALL,
      tools: TOOLS,
      responseFormat: { type: 'json', schema: SCHEMA },
    });
    expect(body.generationConfig).toBeUndefined();
    expect(body.systemInstruction?.parts[0]?.text).toContain('one JSON document');
    expect(warnings.map((warning) => warning.setting)).toEqual(['responseFormat']);
  });

  it('gives a call that lost its signature, or is another model’s, the stand-in that Google names', () => {
    const toolCall = (id: string) => ({
      type: 'tool-call' as const,
      toolCall: { id, toolName: 'look', arguments: { zoom: 2 } },
    });
    const messages = [...CALL.messages, { role: 'assistant' as const, content: [toolCall('a'), toolCall('b')] }];
    const partsFor = (modelId: string) => convertToGoogleRequest(modelId, { messages }).body.contents[1]?.parts;
    expect(partsFor('gemini-3.5-flash')).toEqual([
      {
        functionCall: { id: 'a', name: 'look', args: { zoom: 2 } },
        thoughtSignature: 'skip_thought_signature_validator',
      },
      { functionCall: { id: 'b', name: 'look', args: { zoom: 2 } } },
    ]);
    expect(JSON.stringify(partsFor('gemini-2.5-flash'))).not.toContain('thoughtSignature');
  });

  it('leaves fetching a picture to Google', () => {
    const picture = { type: 'image' as const, mediaType: 'image/png' };
    const { body } = convertToGoogleRequest('gemini-3.5-flash', {
      messages: [
        {
          role: 'user',
          content: [
            { ...picture, source: { kind: 'base64', data: 'iVBORw0' } },
            { ...picture, source: { kind: 'url', url: 'https://x.example/a.png' } },
          ],
        },
      ],
    });
    expect(body.contents[0]?.parts).toEqual([
      { inlineData: { mimeType: 'image/png', data: 'iVBORw0' } },
      { fileData: { mimeType: 'image/png', fileUri: 'https://x.example/a.png' } },
    ]);
  });
});
