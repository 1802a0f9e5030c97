import type { GenerateRequest, ModelImage } from '../step-services.js';

/** What a record shows of a picture: its bytes are in the input of the run already. */
interface ShownImage {
  readonly mediaType: string;
  readonly bytes: number;
}

/** A request as the record of its step shows it: whole, but for the bytes of pictures. */
export function shownRequest({ images, history, ...request }: GenerateRequest): Readonly<Record<string, unknown>> {
  return {
    ...request,
    ...(images && { images: images.map(shown) }),
    ...(history && {
      history: history.map((turn) =>
        turn.role === 'user' && turn.images ? { ...turn, images: turn.images.map(shown) } : turn,
      ),
    }),
  };
}

function shown({ mediaType, data }: ModelImage): ShownImage {
  return { mediaType, bytes: Math.floor((data.length * 3) / 4) };
}
