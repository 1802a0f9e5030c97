/** Real: sockets and nodemailer. The mail server is a few lines that speak just enough SMTP. */
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { SmtpMailer } from './smtp-mailer.js';

const MAIL = { to: 'ada@example.com', subject: 'Hello', text: 'Hello Ada' };

async function serve(
  answer: (socket: Socket, received: string[]) => void,
): Promise<{ url: string; received: string[]; close(): Promise<void> }> {
  const received: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    answer(socket, received);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}?ignoreTLS=true`,
    received,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function speakSmtp(socket: Socket, received: string[]): void {
  let inData = false;
  socket.write('220 ready\r\n');
  socket.on('data', (chunk) => {
    const text = chunk.toString();
    received.push(text);
    if (inData) {
      if (text.endsWith('\r\n.\r\n')) {
        inData = false;
        socket.write('250 kept\r\n');
      }
    } else if (text.startsWith('DATA')) {
      inData = true;
      socket.write('354 go on\r\n');
    } else if (text.startsWith('QUIT')) socket.end('221 bye\r\n');
    else socket.write('250 fine\r\n');
  });
}

describe('SmtpMailer', () => {
  it('hands a mail to the server of the settings', async () => {
    const server = await serve(speakSmtp);
    await new SmtpMailer(server.url, 'AgentFlow <no-reply@example.com>').send(MAIL);
    const all = server.received.join('');
    expect(all).toContain('RCPT TO:<ada@example.com>');
    expect(all).toContain('Hello Ada');
    await server.close();
  });

  it('gives up on a server that says nothing', async () => {
    const server = await serve(() => undefined);
    await expect(new SmtpMailer(server.url, 'no-reply@example.com', 200).send(MAIL)).rejects.toThrow(
      'did not take the mail within 200 ms',
    );
    await server.close();
  });

  it('says why when nobody listens', async () => {
    const server = await serve(() => undefined);
    await server.close();
    await expect(new SmtpMailer(server.url, 'no-reply@example.com').send(MAIL)).rejects.toThrow('ECONNREFUSED');
  });
});
