import type { CallOptions } from '../../model/call-options.js';
import { RemoteLanguageModel, type SentCall } from '../../wire/remote-language-model.js';
import { ServerSentEvents } from '../../wire/server-sent-events.js';
import { convertToGoogleRequest } from './convert-to-google-request.js';
import { GoogleAnswer } from './google-answer.js';
import type { GoogleReply } from './google-api-types.js';
import { GOOGLE_ERRORS } from './google-error.js';
import type { GoogleConnection } from './google-provider.js';

/** A model behind the Gemini API. */
export class GoogleLanguageModel extends RemoteLanguageModel<GoogleReply, GoogleReply> {
  constructor(
    modelId: string,
    private readonly connection: GoogleConnection,
  ) {
    super({ provider: connection.provider, modelId }, connection.secrets, GOOGLE_ERRORS);
  }

  protected async send(options: CallOptions, stream: boolean): Promise<SentCall> {
    const { body, warnings } = convertToGoogleRequest(this.modelId, options);
    const method = stream ? 'streamGenerateContent?alt=sse' : 'generateContent';
    return { response: await this.connection.post(this.modelId, method, body, options.signal), warnings };
  }

  protected newAnswer(options: CallOptions): GoogleAnswer {
    return new GoogleAnswer(this, options);
  }

  protected newSplitter(): ServerSentEvents {
    return new ServerSentEvents();
  }

  protected errorIn(reply: GoogleReply): unknown {
    return reply.error;
  }
}
