// Passkeys: asks the server for its options, the browser for the person's passkey, and posts the answer with the form
// that stands on the page. The parts are hidden until it is known that this can work here.
const kRefreshMs = 240_000; // a challenge is good for five minutes; a page may stand open longer

type Json = { [name: string]: any };

const toBytes = (text: string): ArrayBuffer =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0)).buffer;

const toText = (bytes: ArrayBuffer | null | undefined): string =>
  bytes
    ? btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
    : '';

const listed = (known: Json[]): PublicKeyCredentialDescriptor[] =>
  known.map((one) => ({ ...one, id: toBytes(one['id']) }) as PublicKeyCredentialDescriptor);

// What the server says in words (RFC 9457): signed out meanwhile, too many tries.
class Refused extends Error {}

async function askServer(part: HTMLElement, form: HTMLFormElement): Promise<Json> {
  const token = form.querySelector<HTMLInputElement>('input[name=csrf]')?.value ?? '';
  const answer = await fetch(part.dataset['options'] ?? '', {
    method: 'POST',
    headers: { Accept: 'application/json' },
    body: new URLSearchParams({ csrf: token }),
  });
  const options = (await answer.json()) as Json;
  if (!answer.ok) throw new Refused(options['detail']);
  options['challenge'] = toBytes(options['challenge']);
  for (const name of ['allowCredentials', 'excludeCredentials']) if (options[name]) options[name] = listed(options[name]);
  if (options['user']) options['user'].id = toBytes(options['user'].id);
  return options;
}

function fill(form: HTMLFormElement, name: string, value: string): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement) field.value = value;
}

// One answer is enough: a second one on its way would make the passkey look like a copy of itself.
let isSending = false;
const kForgetAfterMs = 15_000; // a connection that was lost, or stopped, must be tried again
window.addEventListener('pageshow', (event) => {
  // Back from the next page; the first showing of this one may come after an answer went out already.
  if (event.persisted) isSending = false;
});

function send(form: HTMLFormElement, credential: PublicKeyCredential): void {
  if (isSending) return;
  isSending = true;
  setTimeout(() => {
    isSending = false;
  }, kForgetAfterMs);
  const response = credential.response as AuthenticatorAssertionResponse & AuthenticatorAttestationResponse;
  fill(form, 'credential_id', toText(credential.rawId));
  fill(form, 'client_data', toText(response.clientDataJSON));
  fill(form, 'authenticator_data', toText(response.authenticatorData));
  fill(form, 'signature', toText(response.signature));
  fill(form, 'user_handle', toText(response.userHandle));
  fill(form, 'attestation', toText(response.attestationObject));
  fill(form, 'transports', response.getTransports?.().join(' ') ?? '');
  for (const field of form.querySelectorAll<HTMLInputElement>('input[data-from]')) {
    const box = document.querySelector<HTMLInputElement>(`input[type=checkbox][name=${field.dataset['from']}]`);
    field.value = box?.checked ? box.value : '';
  }
  form.submit();
}

function wordsFor(part: HTMLElement, error: unknown): string {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'AbortError') return '';
  if (name === 'InvalidStateError') return part.dataset['known'] ?? '';
  // The browser tells no more of what happened: no such passkey here, no screen lock, cancelled, too late.
  if (name === 'NotAllowedError' || name === 'ConstraintError') return part.dataset['cancelled'] ?? '';
  return (error instanceof Refused && error.message) || (part.dataset['failed'] ?? '');
}

function offer(part: HTMLElement, form: HTMLFormElement): void {
  const says = form.querySelector<HTMLElement>('[data-passkey-says]');
  const isNew = part.dataset['passkey'] === 'create';
  let waiting: AbortController | undefined;
  let settled: Promise<unknown> = Promise.resolve();
  let refresh: ReturnType<typeof setTimeout> | undefined;

  const ceremony = async (own: AbortController, before: Promise<unknown>, more: CredentialRequestOptions): Promise<void> => {
    const publicKey = (await askServer(part, form)) as any;
    await before; // browsers take one request at a time: the one that was given up has to end first
    if (own.signal.aborted) return;
    const options = { publicKey, signal: own.signal, ...more };
    const credential = await (isNew ? navigator.credentials.create(options) : navigator.credentials.get(options));
    if (credential instanceof PublicKeyCredential && !own.signal.aborted) send(form, credential);
  };
  const ask = (more: CredentialRequestOptions): Promise<void> => {
    waiting?.abort();
    clearTimeout(refresh);
    waiting = new AbortController();
    const asked = ceremony(waiting, settled, more);
    settled = asked.catch(() => undefined);
    return asked;
  };
  // The browser's autofill, beside the field for the email address. It says nothing when it does not work.
  const fillIn = (): void => {
    ask({ mediation: 'conditional' as CredentialMediationRequirement }).catch(() => undefined);
    refresh = setTimeout(fillIn, kRefreshMs);
  };
  const offersToFillIn = async (): Promise<boolean> =>
    'fillsIn' in part.dataset && !!(await PublicKeyCredential.isConditionalMediationAvailable?.());

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (says) says.textContent = '';
    form.setAttribute('aria-busy', 'true');
    ask({})
      .catch((error: unknown) => {
        if (says) says.textContent = wordsFor(part, error);
      })
      .finally(() => form.removeAttribute('aria-busy'));
  });
  void offersToFillIn().then((offers) => offers && fillIn());
}

export function offerPasskeys(root: Document): void {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  for (const part of root.querySelectorAll<HTMLElement>('[data-passkey]')) {
    const form = part.querySelector('form');
    if (!form) continue;
    part.hidden = false;
    offer(part, form);
  }
  for (const otherwise of root.querySelectorAll<HTMLElement>('[data-passkey-without]')) otherwise.hidden = true;
}
