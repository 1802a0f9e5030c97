/** From now on every answer to this process is kept, headers and all. @returns how to stop */
export function keepAnswers(answers: string[]): () => void {
  const { fetch } = globalThis;
  globalThis.fetch = async (...given) => {
    const response = await fetch(...given);
    const text = await response.clone().text();
    answers.push(`${response.url} ${response.status} ${JSON.stringify([...response.headers])} ${text}`);
    return response;
  };
  return () => {
    globalThis.fetch = fetch;
  };
}

/** From now on whatever this process prints is heard, and printed. @returns how to stop */
export function hearStandardStreams(hear: (text: string) => void): () => void {
  const undo = [process.stdout, process.stderr].map((stream) => {
    const write = stream.write.bind(stream);
    stream.write = (chunk: string | Uint8Array, ...more: []) => {
      hear(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
      return write(chunk, ...more);
    };
    return () => {
      stream.write = write;
    };
  });
  return () => undo.forEach((each) => each());
}
