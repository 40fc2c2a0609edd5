// A mail server that keeps what it is given; listens on a free local port, or on the one given.
import { createServer } from 'node:net';

export class SmtpSink {
  constructor() {
    this.mails = [];
    this.sockets = new Set();
  }

  async listen(port = 0) {
    this.server = createServer((socket) => this.serve(socket));
    await new Promise((done) => this.server.listen(port, '127.0.0.1', done));
    this.port = this.server.address().port;
    return this;
  }

  serve(socket) {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => {});
    let held = '';
    let mail = null;
    let inData = false;
    const say = (line) => socket.write(`${line}\r\n`);
    say('220 sink');
    socket.on('data', (bytes) => {
      held += bytes.toString('utf8');
      for (;;) {
        const end = inData ? held.indexOf('\r\n.\r\n') : held.indexOf('\r\n');
        if (end < 0) return;
        const part = held.slice(0, end);
        held = held.slice(end + (inData ? 5 : 2));
        if (inData) {
          inData = false;
          this.mails.push({ ...mail, source: part });
          say('250 kept');
        } else if (/^(EHLO|HELO)/i.test(part)) say('250 sink');
        else if (/^MAIL FROM:/i.test(part)) { mail = { to: [] }; say('250 ok'); }
        else if (/^RCPT TO:/i.test(part)) { mail.to.push(/<(.*)>/.exec(part)[1]); say('250 ok'); }
        else if (/^DATA/i.test(part)) { inData = true; say('354 go on'); }
        else if (/^QUIT/i.test(part)) { say('221 bye'); socket.end(); }
        else say('250 ok');
      }
    });
  }

  async close() {
    this.sockets.forEach((socket) => socket.destroy());
    await new Promise((done) => this.server.close(done));
  }

  // The newest mail to somebody, as text; waited for.
  async mailTo(address, seconds = 30) {
    for (let tries = 0; tries < seconds * 20; ++tries) {
      const found = this.mails.filter((mail) => mail.to.includes(address)).at(-1);
      if (found) return decode(found.source);
      await new Promise((done) => setTimeout(done, 50));
    }
    throw new Error(`no mail to ${address}`);
  }
}

function decode(source) {
  const [head, ...rest] = source.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  const encoding = /^content-transfer-encoding:\s*(\S+)/im.exec(head)?.[1]?.toLowerCase();
  if (encoding === 'base64') return { head, text: Buffer.from(body, 'base64').toString('utf8') };
  if (encoding === 'quoted-printable') {
    const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
    return { head, text: Buffer.from(bytes, 'latin1').toString('utf8') };
  }
  return { head, text: body };
}
