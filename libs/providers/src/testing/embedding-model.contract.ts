import type { EmbeddingModel } from '../model/embedding-model.js';

export interface EmbeddingSubject {
  /** A model that will answer the two texts of the contract. */
  readonly model: EmbeddingModel;
  /** The first numbers of the two vectors, where they are recorded. */
  readonly firstNumbers?: readonly [number, number];
  /** Bodies of the requests, for subjects at the other end of a connection. */
  requests?(): readonly string[];
  close?(): Promise<void>;
}

export const CONTRACT_TEXTS = ['The invoice was paid twice.', 'Das Wetter in Paris ist schön.'] as const;

/** What every embedding model promises, whoever makes it. */
export function describeEmbeddingModelContract(name: string, open: () => Promise<EmbeddingSubject>): void {
  describe(`${name} keeps the contract of an embedding model`, () => {
    let subject: EmbeddingSubject;
    beforeAll(async () => {
      subject = await open();
    });
    afterAll(async () => subject.close?.());

    it('gives each text its vector, all of one length, in the order of the texts', async () => {
      const { embeddings } = await subject.model.embed({ texts: CONTRACT_TEXTS });
      expect(embeddings).toHaveLength(2);
      expect(embeddings[0]!.length).toBeGreaterThan(0);
      expect(embeddings[1]!.length).toBe(embeddings[0]!.length);
      if (subject.firstNumbers) expect(embeddings.map(([first]) => first)).toEqual(subject.firstNumbers);
      else expect(embeddings[0]).not.toEqual(embeddings[1]);
    });

    it('says what it used and who answered', async () => {
      const { usage, model, simulated } = await subject.model.embed({ texts: CONTRACT_TEXTS });
      expect(usage.inputTokens).toBeGreaterThan(0);
      expect(usage.outputTokens).toBe(0);
      expect(model.startsWith(`${subject.model.provider}/`)).toBe(true);
      expect(simulated).toBe(subject.model.simulated);
    });

    it('names the text that is empty instead of sending it', async () => {
      const before = subject.requests?.().length;
      await expect(subject.model.embed({ texts: ['first', ' '] })).rejects.toMatchObject({
        code: 'provider.invalid_option',
        option: 'texts[1]',
      });
      expect(subject.requests?.().length).toBe(before);
    });

    it('does nothing for a signal that is aborted already, and rejects with its reason', async () => {
      const reason = new Error('cancelled by the user');
      const signal = AbortSignal.abort(reason);
      await expect(subject.model.embed({ texts: CONTRACT_TEXTS, signal })).rejects.toBe(reason);
    });
  });
}
