import type { EmbeddingModel } from '../model/embedding-model.js';
import type { EmbeddingSubject } from './embedding-model.contract.js';
import { startFixtureServer } from './fixture-server.js';
import { fixtureNamed, type RecordingFolder } from './recordings.js';

/** A provider's embeddings against its recording, for the contract. */
export async function openRecordedEmbedding(
  folder: RecordingFolder,
  makeModel: (baseUrl: string) => EmbeddingModel,
): Promise<EmbeddingSubject> {
  const server = await startFixtureServer(() => ({ body: fixtureNamed(folder, 'embeddings.json') }));
  return {
    model: makeModel(server.baseUrl),
    firstNumbers: [-0.0069, 0.0231],
    requests: () => server.requests.map((request) => JSON.stringify(request.body)),
    close: () => server.close(),
  };
}
