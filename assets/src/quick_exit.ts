// Leaves for a neutral site at once: by the button, or by pressing Escape three times. This page does not stay behind
// "back", and is not seen while the other one loads.
const kPresses = 3;
const kWithinMs = 2000;

export function offerQuickExit(root: Document, view: Window): void {
  const link = root.querySelector<HTMLAnchorElement>('a[data-quick-exit]');
  if (!link) return;
  const leave = (): void => {
    root.documentElement.hidden = true;
    root.title = ' ';
    view.location.replace(link.href);
  };
  link.addEventListener('click', (event) => {
    event.preventDefault();
    leave();
  });
  let presses: number[] = [];
  root.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.repeat) return;
    presses = [...presses.filter((at) => event.timeStamp - at < kWithinMs), event.timeStamp];
    if (presses.length >= kPresses) leave();
  });
}
