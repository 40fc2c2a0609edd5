// Says in time that the session is about to end, and keeps it or lets it go. The server alone knows when it ends: other
// tabs move the moment, so it is asked before anything is said. Asking is no activity.
interface Left {
  idle_ms: number; // until the end if nothing more is done; 0: it has ended
  left_ms: number; // until the end whatever is done
}

const kAskAgainMs = 10_000; // while the dialog stands
const kMarginMs = 1_500; // after the end, so that the server agrees

async function ask(base: string): Promise<Left | null> {
  try {
    const response = await fetch(`${base}/session/left`, { headers: { accept: 'application/json' }, cache: 'no-store' });
    return response.ok ? ((await response.json()) as Left) : null;
  } catch {
    return null; // the line is down: nothing is known, nothing is said
  }
}

// Without passwords: the server would drop them, but they need not travel.
function contentOf(form: HTMLFormElement): URLSearchParams {
  const content = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    const field = form.elements.namedItem(name);
    if (typeof value === 'string' && !(field instanceof HTMLInputElement && field.type === 'password')) content.append(name, value);
  }
  return content;
}

// Kept even when the session is over already, for whoever it was of.
async function keepDrafts(root: Document): Promise<void> {
  for (const form of root.querySelectorAll<HTMLFormElement>('form[data-drafted]')) {
    const body = contentOf(form);
    body.append('draft_page', new URL(form.action).pathname);
    await fetch('/session/draft', { method: 'POST', headers: { accept: 'application/json' }, body }).catch(() => undefined);
  }
}

export function warnBeforeEnd(root: Document, view: Window): void {
  const dialog = root.getElementById('session-ending');
  if (!(dialog instanceof HTMLDialogElement)) return;
  const base = dialog.dataset['base'] ?? ''; // the office's sessions are kept apart
  const number = (name: string): number => Number(dialog.dataset[name] ?? 0);
  const warnedMs = number('warnedMs');
  const steps = Array.from(dialog.querySelector('template')?.content.querySelectorAll<HTMLElement>('[data-at]') ?? []);
  const said = dialog.querySelector<HTMLElement>('[data-said]');
  const finalText = dialog.querySelector<HTMLElement>('[data-final]');
  const stayForm = dialog.querySelector<HTMLFormElement>('form[action$="/session/stay"]');
  const closeButton = dialog.querySelector<HTMLButtonElement>('[data-close]');
  const tabs = 'BroadcastChannel' in view ? new BroadcastChannel(`session${base}`) : null;
  let idleEnd = 0;
  let lastEnd = 0;
  let askedAt = 0;
  let isBusy = false;
  let isDismissed = false; // the end that nothing can move was read

  const take = (left: Left): void => {
    idleEnd = Date.now() + left.idle_ms;
    lastEnd = Date.now() + left.left_ms;
  };
  const remaining = (): number => Math.min(idleEnd, lastEnd) - Date.now();
  const isFinal = (): boolean => lastEnd <= idleEnd;

  const leave = async (): Promise<void> => {
    isBusy = true; // nothing more is looked at
    await keepDrafts(root);
    const back = view.location.pathname + view.location.search;
    view.location.replace(`${base}/signed-out?why=idle&return_to=${encodeURIComponent(back)}`);
  };
  const close = (): void => {
    if (dialog.open) dialog.close(); // the browser gives the focus back
  };
  const show = (): void => {
    const step = steps.filter((one) => Number(one.dataset['at']) >= remaining()).pop() ?? steps[0];
    const text = step?.textContent ?? '';
    if (finalText) finalText.hidden = !isFinal();
    if (stayForm) stayForm.hidden = isFinal();
    if (closeButton) closeButton.hidden = !isFinal();
    if (!dialog.open && !(isFinal() && isDismissed)) dialog.showModal();
    if (said && said.textContent !== text) said.textContent = text;
  };
  const look = async (): Promise<void> => {
    if (isBusy || remaining() > warnedMs) return;
    const isOver = remaining() <= -kMarginMs;
    if (Date.now() - askedAt >= kAskAgainMs || isOver) {
      isBusy = true;
      askedAt = Date.now();
      const left = await ask(base);
      isBusy = false;
      if (left && left.idle_ms <= 0) return leave();
      if (left) take(left);
      else if (isOver) return leave(); // what is on the screen must not outlive the session
    }
    if (remaining() > warnedMs) return close();
    show();
  };
  const stay = async (): Promise<void> => {
    if (!stayForm) return;
    try {
      const body = new URLSearchParams(new FormData(stayForm) as unknown as Record<string, string>);
      const response = await fetch(`${base}/session/stay`, { method: 'POST', headers: { accept: 'application/json' }, body });
      if (!response.ok) return leave();
      take((await response.json()) as Left);
      close();
      tabs?.postMessage('active');
    } catch {
      // The line is down; the dialog stands, and the button can be pressed again.
    }
  };

  take({ idle_ms: number('idleMs'), left_ms: number('leftMs') });
  tabs?.postMessage('active'); // this page was just asked for
  tabs?.addEventListener('message', async () => {
    const left = await ask(base);
    if (!left) return;
    take(left);
    if (remaining() > warnedMs) close();
  });
  stayForm?.addEventListener('submit', (event) => {
    event.preventDefault();
    void stay();
  });
  closeButton?.addEventListener('click', () => {
    isDismissed = true;
    close();
  });
  // Escape keeps the session: whoever presses it is there.
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    if (isFinal()) closeButton?.click();
    else void stay();
  });
  setInterval(() => void look(), 1000);
  root.addEventListener('visibilitychange', () => void look());
  // Back to a page that the browser kept whole: it may belong to a session that is over.
  view.addEventListener('pageshow', async (event) => {
    if (!event.persisted) return;
    root.documentElement.hidden = true;
    const left = await ask(base);
    if (left && left.idle_ms > 0) {
      take(left);
      root.documentElement.hidden = false;
    } else {
      view.location.reload();
    }
  });
}
