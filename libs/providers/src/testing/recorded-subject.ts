import type { LanguageModel } from '../model/language-model.js';
import { type FixtureRequest, startFixtureServer } from './fixture-server.js';
import type { ContractScenario, ContractSubject, ContractUsage } from './language-model.contract.js';
import { recording, type RecordingFolder, recordingNameFor } from './recordings.js';

/** Streams are sent in pieces of so many bytes, which tears events and characters apart. */
const PIECE_BYTES = 200;

/** A provider against its recorded replies, for the contract. `usage` is what the recording `text` reports. */
export async function openRecordedSubject(
  folder: RecordingFolder,
  makeModel: (baseUrl: string) => LanguageModel,
  usage: ContractUsage,
): Promise<ContractSubject> {
  let scenario: ContractScenario = 'text';
  const answer = (request: FixtureRequest) => {
    const reply = recording(folder, recordingNameFor(request), request, { pieceBytes: PIECE_BYTES });
    if (scenario !== 'silence') return reply;
    return { ...reply, body: Buffer.from(reply.body).subarray(0, Math.ceil(reply.body.length / 2)), staysOpen: true };
  };
  const server = await startFixtureServer(answer);
  return {
    model: (next) => {
      scenario = next;
      return makeModel(server.baseUrl);
    },
    usage,
    wire: {
      lastRequest: () => JSON.stringify(server.requests.at(-1)?.body),
      abandonedCount: () => server.abandonedCount(),
    },
    close: () => server.close(),
  };
}
