// A second tap on a slow line must not send a form twice. Buttons stay enabled, since a disabled one would neither send
// its own name nor keep the focus; the form remembers instead.
const kForgetAfterMs = 15_000;  // a download leaves the page standing, and a lost connection must be tried again

export function sendOnce(root: Document, view: Window): void {
  const busy = new Set<HTMLFormElement>();
  const release = (form: HTMLFormElement): void => {
    busy.delete(form);
    form.removeAttribute('aria-busy');
  };
  root.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || event.defaultPrevented) return;
    if (busy.has(form)) {
      event.preventDefault();
      return;
    }
    busy.add(form);
    form.setAttribute('aria-busy', 'true');
    setTimeout(() => release(form), kForgetAfterMs);
  });
  // Back from the next page: the browser shows this one as it was left.
  view.addEventListener('pageshow', () => busy.forEach(release));
}
