// What an operator does: backup and restore, keys, locking, another agency's brand, refused starts, a graceful stop.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { after, describe, test } from 'node:test';

import { connect, demoPerson, newPerson, signIn, signUp } from '../support/journeys.mjs';
import { binary, freshPostgres, root, Visitor, Waymark } from '../support/waymark.mjs';

const folders = [];
const newFolder = () => {
  folders.push(mkdtempSync(join(tmpdir(), 'waymark-keeping-')));
  return folders.at(-1);
};
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

// What somebody with the database in their hands does, while no server runs.
const change = (waymark, sql) => {
  if (waymark.options.database) {
    execFileSync('psql', [waymark.options.database, '-qc', sql]);
    return;
  }
  const file = new DatabaseSync(join(waymark.folder, 'waymark.sqlite'));
  file.exec(sql);
  file.close();
};

const run = (words, environment = {}) => spawnSync(binary, words, { env: { PATH: process.env.PATH, ...environment }, encoding: 'utf8' });

for (const [kind, database] of [['sqlite', () => undefined], ['postgres', freshPostgres]]) {
  const address = database();
  describe(`keeping on ${kind}`, { skip: address === null && 'no PostgreSQL: ./test starts one' }, () => {
    test('a backup made beside the server is restored elsewhere, with its keys, and signs people in', async () => {
      const waymark = await Waymark.start({ database: address });
      const person = newPerson();
      const { visitor } = await signUp(waymark, person);
      await connect(visitor, demoPerson('Ana'));
      const copy = join(newFolder(), 'backup');
      const backup = await waymark.command('backup', copy);
      assert.equal(backup.status, 0, backup.errors);
      assert.equal(statSync(copy).mode & 0o777, 0o700);
      assert.ok(!existsSync(join(copy, 'keys')));
      assert.notEqual((await waymark.command('backup', copy)).status, 0, 'a second backup into the same folder');
      const keys = join(newFolder(), 'keys');
      copyFileSync(join(waymark.folder, 'keys'), keys);
      // What the agency's log collector holds: the audit trail's checkpoints, those after the backup too.
      await signIn(waymark, person, { backupCode: person.backupCodes[1] });
      const whole = await waymark.command('audit', 'verify');
      assert.equal(whole.status, 0, whole.errors);
      assert.match(whole.output, /public key is [0-9a-f]{64}[\s\S]*The audit trail is whole/);
      waymark.ownsFolder = false;
      folders.push(waymark.folder);
      await waymark.stop();
      const checkpoints = readFileSync(join(waymark.folder, 'audit-checkpoints.jsonl'), 'utf8');
      assert.equal(statSync(join(waymark.folder, 'audit-checkpoints.jsonl')).mode & 0o777, 0o600);
      assert.ok(checkpoints.endsWith('}\n'));

      const target = newFolder();
      writeFileSync(join(target, 'audit-checkpoints.jsonl'), checkpoints);
      const words = ['--data', target, ...(address ? ['--database', freshPostgres()] : [])];
      const without = run([...words, 'restore', copy], { WAYMARK_DEMO_ENABLED: 'true' });
      assert.notEqual(without.status, 0);
      assert.match(without.stderr, /put the keys/);
      copyFileSync(keys, join(target, 'keys'));
      const restored = run([...words, 'restore', copy], { WAYMARK_DEMO_ENABLED: 'true' });
      assert.equal(restored.status, 0, restored.stderr);
      const again = await Waymark.start({ folder: target, database: words[3] });
      await again.moveClock(1);
      const back = await signIn(again, person, { backupCode: person.backupCodes[0] });
      assert.equal(back.page.path, '/cases', back.page.text.slice(0, 300));
      assert.match(back.page.text, new RegExp(demoPerson('Ana').receipt_number));
      const taken = await again.command('audit', 'verify');
      assert.equal(taken.status, 0, taken.errors);
      assert.match(taken.output, /A backup that ended at place \d+ was brought back[\s\S]*rows written after such a backup/);
      await again.stop();
    });

    test('whoever changes the audit trail is found out, beside the running server and without it', async () => {
      const waymark = await Waymark.start({ database: address && freshPostgres() });
      const person = newPerson();
      await signUp(waymark, person);
      const wholeSoon = async () => {
        for (let tries = 0; tries < 100; ++tries) {
          const seen = await waymark.command('audit', 'verify');
          assert.equal(seen.status, 0, seen.errors);
          if (/ 0 rows wait/.test(seen.output)) return seen;
          await new Promise((done) => setTimeout(done, 100));
        }
        throw new Error('the rows got no places');
      };
      const seen = await wholeSoon();
      const rows = Number(/^(\d+) rows/.exec(seen.output)[1]);
      assert.ok(rows > 1, seen.output);
      waymark.ownsFolder = false;
      folders.push(waymark.folder);
      await waymark.stop();
      const alone = await waymark.command('audit', 'verify');
      assert.equal(alone.status, 0, alone.errors);
      change(waymark, "UPDATE audit SET detail = 'nothing' WHERE id = (SELECT MIN(id) FROM audit)");
      const changed = await waymark.command('audit', 'verify');
      assert.equal(changed.status, 1);
      assert.match(changed.errors, /^place \d+, row \d+: the row was changed$/m);
      assert.match(changed.output, /NOT as it was written: 1 findings/);
      await waymark.launch();
      const beside = await waymark.command('audit', 'verify');
      assert.equal(beside.status, 1);
      assert.match(beside.errors, /the row was changed/);
      await waymark.stop();
    });

    test('keys are rotated, and everything sealed opens with the new root', async () => {
      const waymark = await Waymark.start({ database: address && freshPostgres() });
      const person = newPerson();
      await signUp(waymark, person);
      const before = readFileSync(join(waymark.folder, 'keys'), 'utf8');
      assert.notEqual((await waymark.command('keys', 'rotate')).status, 0, 'rotated under a running server');
      waymark.ownsFolder = false;
      await waymark.stop();
      folders.push(waymark.folder);
      const rotated = await waymark.command('keys', 'rotate');
      assert.equal(rotated.status, 0, rotated.errors);
      assert.notEqual(readFileSync(join(waymark.folder, 'keys'), 'utf8'), before);
      const checked = await waymark.command('keys', 'check');
      assert.match(checked.output, /: 0 don't open, 0 are sealed with an older root key/);
      await waymark.launch();
      assert.equal((await signIn(waymark, person, { backupCode: person.backupCodes[1] })).page.path, '/cases');
      await waymark.stop();
    });

    test('an operator locks an account and unlocks it', async () => {
      const waymark = await Waymark.start({ database: address && freshPostgres() });
      const person = newPerson();
      const { visitor } = await signUp(waymark, person);
      assert.equal((await waymark.command('account', 'lock', person.email)).status, 0);
      assert.equal((await visitor.get('/cases')).status, 303);
      const page = await new Visitor(waymark).open('/sign-in');
      const stranger = new Visitor(waymark);
      const refused = await stranger.submit(await stranger.open('/sign-in'), '/sign-in', { email: person.email, password: person.password });
      assert.equal(refused.status, 403, page.text);
      assert.equal((await waymark.command('account', 'unlock', person.email)).status, 0);
      assert.equal((await signIn(waymark, person, { backupCode: person.backupCodes[0] })).page.path, '/cases');
      assert.notEqual((await waymark.command('account', 'unlock', 'nobody@mail.example')).status, 0);

      const guess = async () => {
        const guesser = new Visitor(waymark);
        return guesser.submit(await guesser.open('/sign-in'), '/sign-in', { email: person.email, password: 'wrong and wrong again' });
      };
      for (let tries = 0; tries < 5; ++tries) assert.equal((await guess()).status, 422);
      assert.equal((await guess()).status, 429, 'from the fifth on each next try waits');
      await waymark.moveClock(1);
      assert.equal((await guess()).status, 422);
      const guesser = new Visitor(waymark);
      const locked = await guesser.submit(await guesser.open('/sign-in'), '/sign-in', { email: person.email, password: person.password });
      assert.equal(locked.status, 429);
      await waymark.moveClock(5);  // what follows a notice within five minutes is told together
      await waymark.messageTo(person.email, { matching: /15 minutes/ });
      assert.equal((await waymark.command('account', 'unlock', person.email)).status, 0);
      assert.equal((await signIn(waymark, person, { backupCode: person.backupCodes[1] })).page.path, '/cases');
      await waymark.stop();
    });
  });
}

describe('starting and stopping', () => {
  test('every problem of the settings is told at once', () => {
    const file = join(newFolder(), 'waymark.toml');
    writeFileSync(file, '[server]\nprot = 1\n[demo]\nenabled = true\n[mail]\nurl = "smtp://x"\n');
    const refused = run(['--config', file, 'config']);
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /server\.prot: no such setting; did you mean server\.port/);
    assert.match(refused.stderr, /does not start beside a real mail\.url/);
    const explained = run(['config', '--explain']);
    assert.match(explained.stdout, /WAYMARK_SERVER_PORT/, 'explains even where settings are still missing');
    assert.match(explained.stderr, /mail\.url: needed/);
  });

  test('without keys an agency does not start, and is told what to do', () => {
    const folder = newFolder();
    const settings = { WAYMARK_MAIL_URL: 'smtp://127.0.0.1:1', WAYMARK_MAIL_FROM_ADDRESS: 'a@b.example',
      WAYMARK_CATALOGUE_FOLDER: join(root, 'catalogue/other-agency-example') };
    const refused = run(['--data', folder, 'serve'], settings);
    assert.equal(refused.status, 2);
    assert.match(refused.stderr, /waymark keys init/);
    assert.equal(run(['--data', folder, 'keys', 'init'], settings).status, 0);
    assert.equal(statSync(join(folder, 'keys')).mode & 0o777, 0o600);
    assert.notEqual(run(['--data', folder, 'keys', 'init'], settings).status, 0);
  });

  test("another agency's brand is a configuration", async () => {
    const folder = join(root, 'catalogue/other-agency-example');
    const brand = JSON.parse(readFileSync(join(folder, 'brand.json'), 'utf8'));
    const waymark = await Waymark.start({ environment: { WAYMARK_CATALOGUE_FOLDER: folder } });
    const page = await new Visitor(waymark).get('/contact');
    assert.ok(page.text.includes(brand.agency_name), page.text.slice(0, 300));
    assert.doesNotMatch(page.html, /Northport/);
    await waymark.stop();
  });

  test('SIGTERM ends the server within ten seconds, and it starts again on the same folder', async () => {
    const waymark = await Waymark.start();
    const started = Date.now();
    waymark.ownsFolder = false;
    folders.push(waymark.folder);
    const ended = await waymark.stop();
    assert.equal(ended.code, 0);
    assert.ok(Date.now() - started < 10_000);
    await waymark.launch();
    await waymark.stop();
  });

  test('the command line teaches', () => {
    const help = execFileSync(binary, ['--help'], { encoding: 'utf8' });
    for (const word of ['serve', 'migrate', 'feed', 'backup', 'restore', 'keys', 'account', 'config']) assert.match(help, new RegExp(`\\b${word}\\b`));
    assert.match(execFileSync(binary, ['--version'], { encoding: 'utf8' }), /^waymark \d+\.\d+\.\d+/);
  });
});
