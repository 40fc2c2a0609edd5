// After a refusal the summary takes the focus, so that a screen reader begins there; its links lead into the fields.
export function focusErrors(root: Document): void {
  const summary = root.getElementById('error-summary');
  if (!summary) return;
  // Where the browser heeds autofocus, it has done so by then.
  requestAnimationFrame(() => {
    if (root.activeElement !== summary) summary.focus();
  });
  summary.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const field = link ? root.getElementById(link.hash.slice(1)) : null;
    if (!field) return;
    event.preventDefault();
    // The label or legend is what tells people where they are, so it must be in view as well.
    (field.closest('.field') ?? field).scrollIntoView();
    field.focus({ preventScroll: true });
  });
}
