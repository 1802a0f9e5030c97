import { createServer } from 'node:net';
import { mend, note, ok } from './finding.mjs';

function tryListening(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(error.code));
    server.listen({ port, host }, () => server.close(() => resolve(null)));
  });
}

/** The port is AgentFlow's only one; a chosen one must be free, the default one may move. */
export async function checkPort() {
  const port = Number(process.env.PORT || 3000);
  const host = process.env.HOST || '127.0.0.1';
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    return mend(`PORT is ${process.env.PORT}, which is no port`, 'set PORT to a number from 1 to 65535, or unset it');
  }
  const problem = await tryListening(port, host);
  if (problem === null) return ok(`port ${port} is free on ${host}`);
  const what = `port ${port} cannot be used on ${host} (${problem})`;
  if (problem === 'EADDRINUSE' && !process.env.PORT)
    return note(what, 'nothing to do: AgentFlow takes the next free port and prints it');
  return mend(what, 'stop what uses it (it may be AgentFlow itself), or set PORT and HOST to something else');
}
