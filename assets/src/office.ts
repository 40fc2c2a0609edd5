// Lists that are worked from top to bottom: j and k move through the rows, Enter opens one. Only where a page has such
// rows, and never while something is typed.
export function moveThroughRows(root: Document): void {
  const links = Array.from(root.querySelectorAll<HTMLAnchorElement>('a[data-row-link]'));
  if (links.length === 0) return;
  root.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target;
    if (target instanceof HTMLElement && target.closest('input, select, textarea, dialog, [contenteditable]')) return;
    if (event.key !== 'j' && event.key !== 'k') return;
    const at = links.findIndex((link) => link === root.activeElement);
    const next = event.key === 'j' ? Math.min(at + 1, links.length - 1) : Math.max(at - 1, 0);
    links[next]?.focus();
    event.preventDefault();
  });
}
