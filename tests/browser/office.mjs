// The demo's officers in real Chromium: each enters by the link that the server printed, with a virtual authenticator.
import { at, desktop, open, send } from './browser.mjs';

export const officeLink = (waymark, role) => {
  const found = new RegExp(`^\\s+${role}\\s+(\\S+/office/welcome/\\S+)`, 'm').exec(waymark.output);
  if (!found) throw new Error(`no link for ${role} was printed`);
  return found[1];
};

const authenticator = {
  protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
  automaticPresenceSimulation: true,
};

// A window in which that officer is signed in.
export async function openOfficer(browser, waymark, role, options = {}) {
  const page = await open(browser, waymark, { viewport: desktop, ...options });
  page.cdp = await page.context().newCDPSession(page);
  await page.cdp.send('WebAuthn.enable');
  await page.cdp.send('WebAuthn.addVirtualAuthenticator', { options: authenticator });
  await page.goto(officeLink(waymark, role));
  await Promise.all([at(page, '/office'), page.locator('form[action*="/office/welcome/"] button').click()]);
  return page;
}

export async function signInAgain(page, waymark) {
  await page.goto(`${waymark.origin}/office/sign-in`);
  await Promise.all([at(page, '/office'), send(page, '/office/sign-in')]);
}
