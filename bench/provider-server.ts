import { startFakeOpenAiServer } from '../libs/providers/src/testing/fake-openai-server.js';

/** A provider that answers fast and always the same: `provider-server.js <firstTokenDelayMs> <tokenCount> [tokensPerSecond]`. */
const [firstTokenDelayMs = 20, tokenCount = 50, tokensPerSecond] = process.argv.slice(2).map(Number);
const server = await startFakeOpenAiServer({ firstTokenDelayMs, tokenCount, tokensPerSecond });
process.stdout.write(`ready ${server.baseUrl}\n`);
process.once('SIGTERM', () => process.exit(0));
