// Copy and print buttons, hidden until scripts run.

// A list is copied with one entry a line.
function textOf(element: Element): string {
  const entries = Array.from(element.querySelectorAll('li'), (entry) => entry.textContent?.trim() ?? '');
  return entries.length > 0 ? entries.join('\n') : (element.textContent?.trim() ?? '');
}

export function offerCopies(root: Document): void {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    const source = root.getElementById(button.dataset['copy'] ?? '');
    if (!source) continue;
    const label = button.textContent ?? '';
    button.setAttribute('aria-live', 'polite');
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(textOf(source));
      } catch {
        // Not allowed here: select it, so that the keyboard or the menu can copy.
        getSelection()?.selectAllChildren(source);
        return;
      }
      button.textContent = button.dataset['copied'] ?? label;
      setTimeout(() => (button.textContent = label), 3000);
    });
    button.hidden = false;
  }
}

export function offerPrinting(root: Document): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>('button[data-print]')) {
    button.addEventListener('click', () => window.print());
    button.hidden = false;
  }
}
