import type { CallOptions } from '../../model/call-options.js';
import { JsonLines } from '../../wire/json-lines.js';
import { RemoteLanguageModel, type SentCall } from '../../wire/remote-language-model.js';
import { convertToOllamaRequest } from './convert-to-ollama-request.js';
import { OllamaAnswer } from './ollama-answer.js';
import type { OllamaReply } from './ollama-api-types.js';
import { OLLAMA_ERRORS } from './ollama-error.js';
import type { OllamaConnection } from './ollama-provider.js';

/** A model behind Ollama's own API. */
export class OllamaLanguageModel extends RemoteLanguageModel<OllamaReply, OllamaReply> {
  constructor(
    modelId: string,
    private readonly connection: OllamaConnection,
  ) {
    super({ provider: connection.provider, modelId }, connection.secrets, OLLAMA_ERRORS);
  }

  protected async send(options: CallOptions, stream: boolean): Promise<SentCall> {
    const { body, warnings } = convertToOllamaRequest(this.modelId, options);
    const response = await this.connection.send(options.signal, (client) =>
      stream ? client.chat({ ...body, stream: true }) : client.chat({ ...body, stream: false }),
    );
    return { response, warnings };
  }

  protected newAnswer(options: CallOptions): OllamaAnswer {
    return new OllamaAnswer(this, options);
  }

  protected newSplitter(): JsonLines {
    return new JsonLines();
  }

  protected errorIn(reply: OllamaReply): unknown {
    return reply.error;
  }
}
