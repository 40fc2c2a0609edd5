// The run of the 19,000 doubled cards (incident I45): an agency's feed comes in shuffled, in pieces, twice, and the server
// is killed in the middle of it; every record is there once, and everybody it names is invited once.
// WAYMARK_CARD_ROUNDS=100 makes 19,000 cards on each database; ./test makes fewer.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { freshPostgres, Waymark } from '../support/waymark.mjs';

const rounds = Number(process.env.WAYMARK_CARD_ROUNDS ?? 2);
const cardsARound = 190;

// The same rounds each time: what fails can be run again.
function randomOf(seed) {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
function shuffled(all, random) {
  const copy = [...all];
  for (let last = copy.length - 1; last > 0; --last) {
    const other = random(last + 1);
    [copy[last], copy[other]] = [copy[other], copy[last]];
  }
  return copy;
}

const addressOf = (round, card) => `card-${round}-${card}@mail.example`;
function recordsOf(round, card) {
  const number = `NPT2${String(round * cardsARound + card).padStart(9, '0')}`;
  const contents = [
    { type: 'case', form: 'I-90', filed_on: '2026-08-12' },
    { type: 'party', party: 'holder', role: 'applicant', name: { given: 'Card', family: `Holder ${card}` },
      second_proof: { kind: 'birth_date', value: '1984-03-27' }, email: addressOf(round, card) },
    { type: 'access_code', access_code: `code-${number}`, party: 'holder', code: 'K7QF-9ZTM-4WXCP', issued_on: '2026-11-20' },
    { type: 'event', kind: 'stage_entered', stage: 'received', occurred_on: '2026-08-13' },
    { type: 'event', kind: 'decided', outcome: 'approved', occurred_on: '2026-10-01' },
    { type: 'event', kind: 'noted', occurred_on: '2026-10-09', text: { en: 'Your card was made.' } },
  ];
  return contents.map((content, index) => JSON.stringify({ record: `${number}-${index + 1}`, case: number, sequence: index + 1, ...content }));
}

for (const [kind, database] of [['SQLite', () => undefined], ['PostgreSQL', freshPostgres]]) {
  const address = database();
  describe(`cards on ${kind}`, { skip: address === null && 'no PostgreSQL: ./test starts one' }, () => {
    let waymark;
    let key;
    before(async () => {
      waymark = await Waymark.start({ database: address });
      key = /wmk_[\w-]{43}/.exec((await waymark.command('feed', 'key', 'issue', 'Card system')).output)[0];
    });
    after(async () => { await waymark?.stop(); });

    const send = async (lines, name) => {
      const answer = await fetch(`${waymark.origin}/api/feed/v1/batches`, {
        method: 'POST', body: `${lines.join('\n')}\n`,
        headers: { authorization: `Bearer ${key}`, 'idempotency-key': name, 'content-type': 'application/x-ndjson' },
      });
      const report = await answer.json();
      assert.equal(answer.status, 200, JSON.stringify(report));
      return report;
    };
    // In the pieces that the agency's system cuts, each with its name.
    const piecesOf = (lines, round, play, random) => {
      const pieces = [];
      for (let from = 0; from < lines.length;) {
        const size = 100 + random(lines.length / 2);
        pieces.push([lines.slice(from, from + size), `${round}-${play}-${pieces.length}`]);
        from += size;
      }
      return pieces;
    };

    async function killInTheMiddle(pieces, random) {
      const dying = (async () => {
        for (const [lines, name] of pieces) await send(lines, name);
      })().catch(() => {});
      await new Promise((done) => setTimeout(done, random(120)));
      await waymark.kill();
      await dying;
      await waymark.launch();
    }

    // Without those of the demo's own people.
    const invitations = async () => (await waymark.outbox()).filter(({ to }) => to.startsWith('card-'));

    // Everybody of the round is written to once, and nobody else. The upkeep's turn at a stop sends what is due.
    async function checkInvitations(round) {
      await waymark.moveClock(11);
      await waymark.restart();
      await waymark.moveClock(12);  // a start sets it back, and what was told at the stop is due when it was told
      const wanted = Array.from({ length: cardsARound }, (_, card) => addressOf(round, card)).sort();
      let sent = [];
      for (let tries = 0; tries < 400 && sent.length < wanted.length; ++tries) {
        await new Promise((done) => setTimeout(done, 50));
        sent = await invitations();
      }
      await new Promise((done) => setTimeout(done, 200));
      sent = await invitations();
      assert.deepEqual(sent.map(({ to }) => to).sort(), wanted);
      assert.ok(sent.every(({ text }) => !/NPT\d{10}/.test(text)), 'nothing of the case goes by mail');
    }

    for (let round = 0; round < rounds; ++round) {
      test(`round ${round + 1} of ${rounds}: killed, sent again, played twice`, async () => {
        const random = randomOf(round + 1);
        await waymark.restart();  // with the clock where it belongs
        const all = Array.from({ length: cardsARound }, (_, card) => recordsOf(round, card)).flat();
        const pieces = piecesOf(shuffled(all, random), round, 'first', random);
        await killInTheMiddle(pieces, random);
        const reports = [];
        for (const [lines, name] of pieces) reports.push(await send(lines, name));
        assert.ok(reports.every(({ refused, is_finished: isFinished }) => refused === 0 && isFinished), JSON.stringify(reports));
        assert.equal(reports.at(-1).held, 0, 'nothing waits for what has come');
        for (const [lines, name] of piecesOf(shuffled(all, random), round, 'second', random)) {
          const { went_in: wentIn, known } = await send(lines, name);
          assert.deepEqual({ wentIn, known }, { wentIn: 0, known: lines.length });
        }
        await checkInvitations(round);
      });
    }
  });
}
