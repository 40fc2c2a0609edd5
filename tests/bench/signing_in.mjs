// People of a filled installation who sign in by password over HTTP: shared by the benchmarks of signing in.
import { Agent, request } from 'node:http';

const password = 'correct horse battery staple 4711'; // of every account: support/installation.hpp
// As many connections as the server takes from one network: where a request has to wait here, that is no time of the server's.
const agent = new Agent({ keepAlive: true, maxSockets: 250 });

export function send(port, method, path, { body, headers = {} } = {}) {
  return new Promise((done, failed) => {
    const begun = performance.now();
    const asked = request({ host: '127.0.0.1', port, method, path, agent, headers: { host: `localhost:${port}`, ...headers,
      ...(body ? { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) } : {}) } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part) => { text += part; });
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, text, ms: performance.now() - begun }));
    });
    asked.on('error', failed);
    asked.end(body);
  });
}

// What a stranger's browser holds after looking at the sign-in page.
export async function visit(port) {
  const page = await send(port, 'GET', '/sign-in');
  const cookie = page.headers['set-cookie'].map((line) => line.split(';')[0]).join('; ');
  return { cookie, token: /name="csrf" value="([^"]+)"/.exec(page.text)[1] };
}

let person = 0;
const accounts = 1000;
const nextEmail = () => `person${person++ % accounts}@bench.example`;

export const signIn = (port, { cookie, token }) => send(port, 'POST', '/sign-in', {
  body: new URLSearchParams({ csrf: token, email: nextEmail(), password }).toString(),
  headers: { cookie, origin: `http://localhost:${port}`, 'sec-fetch-site': 'same-origin', accept: 'text/html' },
});

export const at = (sorted, part) => (sorted.length ? sorted[Math.floor(part * (sorted.length - 1))] : 0);
export const timesOf = (answers) => answers.map(({ ms }) => ms).sort((a, b) => a - b);
export const admitted = ({ status }) => status === 303;
