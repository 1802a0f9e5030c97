/** What the Gemini API sends, as far as we read it; chunks of a stream have the shape of a whole reply. */
export interface GoogleUsage {
  /** Cached ones included. */
  readonly promptTokenCount?: number;
  readonly toolUsePromptTokenCount?: number;
  readonly cachedContentTokenCount?: number;
  /** Without thoughts. */
  readonly candidatesTokenCount?: number;
  readonly thoughtsTokenCount?: number;
}

export interface GooglePart {
  readonly text?: string;
  /** True for a summary of the model's thinking, which is no part of the answer. */
  readonly thought?: boolean;
  readonly thoughtSignature?: string;
  readonly functionCall?: { readonly id?: string; readonly name?: string; readonly args?: unknown };
}

export interface GoogleReply {
  readonly candidates?: readonly {
    readonly content?: { readonly parts?: readonly GooglePart[] };
    readonly finishReason?: string;
  }[];
  readonly promptFeedback?: { readonly blockReason?: string };
  readonly usageMetadata?: GoogleUsage;
  readonly modelVersion?: string;
  readonly responseId?: string;
  readonly error?: unknown;
}

/** A part of what we send. */
export type GoogleRequestPart =
  | { readonly text: string }
  | { readonly inlineData: { readonly mimeType: string; readonly data: string } }
  | { readonly fileData: { readonly mimeType: string; readonly fileUri: string } }
  | {
      readonly functionCall: { readonly id: string; readonly name: string; readonly args: Record<string, unknown> };
      readonly thoughtSignature?: string;
    }
  | {
      readonly functionResponse: {
        readonly id: string;
        readonly name: string;
        readonly response: Readonly<Record<string, unknown>>;
      };
    };

export interface GoogleContent {
  readonly role: 'user' | 'model';
  readonly parts: readonly GoogleRequestPart[];
}

export interface GoogleRequestBody {
  contents: readonly GoogleContent[];
  systemInstruction?: { readonly parts: readonly { readonly text: string }[] };
  tools?: readonly {
    readonly functionDeclarations: readonly {
      readonly name: string;
      readonly description: string;
      readonly parametersJsonSchema: unknown;
    }[];
  }[];
  toolConfig?: {
    readonly functionCallingConfig: {
      readonly mode: 'AUTO' | 'ANY' | 'NONE';
      readonly allowedFunctionNames?: readonly string[];
    };
  };
  generationConfig?: {
    temperature?: number;
    topP?: number;
    maxOutputTokens?: number;
    stopSequences?: readonly string[];
    responseMimeType?: string;
    responseJsonSchema?: unknown;
  };
}
