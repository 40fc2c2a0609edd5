// Help on top of pages that work without it. Everything found by data attributes that the pages carry.
import { groupCodes } from './code_field';
import { offerCopies, offerPrinting } from './copying';
import { focusErrors } from './error_focus';
import { moveThroughRows } from './office';
import { offerPasskeys } from './passkeys';
import { offerPasswords } from './show_password';
import { offerQuickExit } from './quick_exit';
import { sendOnce } from './send_once';
import { warnBeforeEnd } from './session_end';

focusErrors(document);
offerPasswords(document);
offerCopies(document);
offerPrinting(document);
groupCodes(document);
offerPasskeys(document);
sendOnce(document, window);
warnBeforeEnd(document, window);
offerQuickExit(document, window);
moveThroughRows(document);
