// Codes may be pasted as they stand in the letter or mail, with blanks and dashes; with data-code="4" they are shown in
// groups of four while they are typed. The server drops blanks and dashes too.
const kSeparators = /[\s\u200B\u2010-\u2015.\-]+/g;

const bare = (text: string): string => text.replace(kSeparators, '');

function grouped(text: string, size: number): string {
  return size > 0 ? (text.match(new RegExp(`.{1,${size}}`, 'gu')) ?? []).join(' ') : text;
}

// Puts `text` into the field with the caret after its first `before` symbols.
function show(input: HTMLInputElement, text: string, before: number, size: number): void {
  input.value = grouped(text, size);
  const blanks = size > 0 ? Math.max(0, Math.ceil(before / size) - 1) : 0;
  input.setSelectionRange(before + blanks, before + blanks);
}

export function groupCodes(root: Document): void {
  for (const input of root.querySelectorAll<HTMLInputElement>('input[data-code]')) {
    const size = Number(input.dataset['code']);
    const symbolsMax = input.maxLength > 0 ? input.maxLength : Infinity;
    if (size > 0 && input.maxLength > 0) input.maxLength += Math.ceil(input.maxLength / size) - 1;

    input.addEventListener('paste', (event) => {
      const pasted = bare(event.clipboardData?.getData('text') ?? '');
      if (!pasted) return;
      event.preventDefault();
      const start = bare(input.value.slice(0, input.selectionStart ?? 0)) + pasted;
      const text = (start + bare(input.value.slice(input.selectionEnd ?? 0))).slice(0, symbolsMax);
      show(input, text, Math.min(start.length, text.length), size);
      input.dispatchEvent(new Event('change', { bubbles: true }));
    });
    if (size === 0) continue;
    input.addEventListener('input', (event) => {
      if (event instanceof InputEvent && event.isComposing) return;
      const text = bare(input.value).slice(0, symbolsMax);
      if (grouped(text, size) === input.value) return;
      show(input, text, bare(input.value.slice(0, input.selectionStart ?? 0)).length, size);
    });
    input.value = grouped(bare(input.value), size);
  }
}
