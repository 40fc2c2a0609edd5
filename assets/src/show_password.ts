// "Show password": the button is hidden until scripts run. Sent passwords are hidden first, so that browsers don't
// remember them as plain text.
export function offerPasswords(root: Document): void {
  for (const button of root.querySelectorAll<HTMLButtonElement>('button[data-show]')) {
    const input = root.getElementById(button.dataset['show'] ?? '');
    if (!(input instanceof HTMLInputElement)) continue;
    const toggle = (show: boolean): void => {
      if ((input.type === 'text') === show) return;
      input.type = show ? 'text' : 'password';
      const [text, label] = [button.textContent ?? '', button.getAttribute('aria-label') ?? ''];
      button.textContent = button.dataset['other'] ?? '';
      button.setAttribute('aria-label', button.dataset['otherLabel'] ?? '');
      button.dataset['other'] = text;
      button.dataset['otherLabel'] = label;
    };
    button.addEventListener('click', () => toggle(input.type === 'password'));
    input.form?.addEventListener('submit', () => toggle(false));
    button.hidden = false;
  }
}
