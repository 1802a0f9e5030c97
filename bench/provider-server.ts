import { startFakeOpenAiServer } from '../libs/providers/src/testing/fake-openai-server.js';

/**
 * A provider that answers fast and always the same: `provider-server.js <firstTokenDelayMs> <tokenCount> [tokensPerSecond (0: all at
 * once)] [name of a tool that it asks for first]`.
 */
const [firstTokenDelayMs = 20, tokenCount = 50, tokensPerSecond = 0] = process.argv.slice(2, 5).map(Number);
const tool = process.argv[5];
const server = await startFakeOpenAiServer({
  firstTokenDelayMs,
  tokenCount,
  ...(tokensPerSecond > 0 && { tokensPerSecond }),
  ...(tool !== undefined && { toolCalls: [{ name: tool, arguments: { operation: 'now' } }] }),
});
process.stdout.write(`ready ${server.baseUrl}\n`);
process.once('SIGTERM', () => process.exit(0));
