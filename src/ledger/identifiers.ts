/** Local parts of addresses that stand for a role and name no one person. */
export const roleNames = [
  "abuse",
  "accounting",
  "accounts",
  "admin",
  "administrator",
  "billing",
  "buchhaltung",
  "bestellung",
  "career",
  "careers",
  "compliance",
  "contact",
  "contacto",
  "customerservice",
  "customer-service",
  "datenschutz",
  "einkauf",
  "enquiries",
  "feedback",
  "finance",
  "hello",
  "help",
  "helpdesk",
  "hi",
  "hola",
  "hostmaster",
  "hr",
  "info",
  "inquiries",
  "invoice",
  "invoices",
  "it",
  "jobs",
  "kontakt",
  "legal",
  "mail",
  "marketing",
  "media",
  "news",
  "newsletter",
  "no-reply",
  "noreply",
  "office",
  "order",
  "orders",
  "postmaster",
  "press",
  "privacy",
  "purchasing",
  "rechnung",
  "reception",
  "sales",
  "security",
  "service",
  "shop",
  "spam",
  "support",
  "team",
  "vertrieb",
  "ventas",
  "verkauf",
  "webmaster",
] as const;

/** Mail providers whose domain says nothing about the company that somebody works for. */
export const freemailDomains = [
  "126.com",
  "139.com",
  "163.com",
  "aol.com",
  "att.net",
  "bluewin.ch",
  "comcast.net",
  "fastmail.com",
  "free.fr",
  "freenet.de",
  "gmail.com",
  "gmx.at",
  "gmx.ch",
  "gmx.com",
  "gmx.de",
  "gmx.net",
  "googlemail.com",
  "hey.com",
  "hotmail.co.uk",
  "hotmail.com",
  "hotmail.de",
  "hotmail.fr",
  "hotmail.it",
  "icloud.com",
  "laposte.net",
  "libero.it",
  "live.com",
  "live.fr",
  "mac.com",
  "mail.com",
  "mail.ru",
  "me.com",
  "msn.com",
  "naver.com",
  "online.de",
  "orange.fr",
  "outlook.com",
  "outlook.de",
  "outlook.fr",
  "pm.me",
  "proton.me",
  "protonmail.com",
  "qq.com",
  "rediffmail.com",
  "rocketmail.com",
  "sina.com",
  "sohu.com",
  "t-online.de",
  "verizon.net",
  "virgilio.it",
  "wanadoo.fr",
  "web.de",
  "yahoo.co.id",
  "yahoo.co.in",
  "yahoo.co.jp",
  "yahoo.co.uk",
  "yahoo.com",
  "yahoo.com.tw",
  "yahoo.de",
  "yahoo.fr",
  "yahoo.it",
  "yandex.ru",
  "yeah.net",
  "ymail.com",
  "zoho.com",
] as const;

/** Patterns that JavaScript and the engines (RE2) read alike; all are meant for text that is trimmed and lower case. */
export const identifierPatterns = {
  /** The address inside "Ann <ann@x.example>". */
  emailInBrackets: "<([^<>]*)>",
  emailScheme: "^mailto:([^?]*).*$",
  email: '^[^\\s@<>(),;:"\\[\\]]+@[^\\s@<>(),;:"\\[\\].]+(\\.[^\\s@<>(),;:"\\[\\].]+)+$',
  /** What may stand in front of and behind the host of an address. */
  beforeHost: "^([a-z][a-z0-9+.-]*:)?//([^/@]*@)?|^.*@",
  afterHost: "[:/?#].*$",
  domain: "^[^\\s.@/]+(\\.[^\\s.@/]+)+$",
  /** An extension, and the trunk zero that is written in brackets. */
  phoneNoise: "(ext\\.?|x|#)\\s*[0-9]+$|\\(0\\)|[^0-9+]",
  phone: "^\\+?[0-9]{6,15}$",
} as const;

/**
 * Returns an e-mail address as lastpenny compares it: lower case, without display name and `mailto:`. Dots and tags
 * (`ann+shop@…`) stay, since only the receiving server knows what they mean.
 *
 * @param text the address as given
 * @returns null when it is no address
 */
export function normaliseEmail(text: string): string | null {
  const lower = text.trim().toLowerCase();
  const inside = new RegExp(identifierPatterns.emailInBrackets).exec(lower)?.[1];
  const bare = (inside ?? lower).replace(new RegExp(identifierPatterns.emailScheme), "$1").trim();
  return new RegExp(identifierPatterns.email).test(bare) ? bare : null;
}

/**
 * Returns a phone number as lastpenny compares it: digits, with `+` in front when the country is given.
 *
 * @param text the number as given
 * @returns null when it has fewer than 6 or more than 15 digits
 */
export function normalisePhone(text: string): string | null {
  const digits = text
    .trim()
    .toLowerCase()
    .replaceAll(new RegExp(identifierPatterns.phoneNoise, "g"), "")
    .replace(/^00/, "+");
  return new RegExp(identifierPatterns.phone).test(digits) ? digits : null;
}

/**
 * Returns the domain of a web address, e-mail address or domain name: lower case, without `www.`.
 *
 * @param text the address as given
 * @returns null when it is none
 */
export function normaliseDomain(text: string): string | null {
  const domain = text
    .trim()
    .toLowerCase()
    .replace(new RegExp(identifierPatterns.beforeHost), "")
    .replace(new RegExp(identifierPatterns.afterHost), "")
    .replace(/^www\./, "")
    .replace(/\.$/, "");
  return new RegExp(identifierPatterns.domain).test(domain) ? domain : null;
}

/**
 * Says whether a normalised address stands for a role, such as info@ or sales@, and so names no one person.
 *
 * @param email a normalised address
 */
export function isRoleAddress(email: string): boolean {
  const local = email.slice(0, email.indexOf("@"));
  return roleNames.some((name) => name === local);
}

/**
 * Says whether a normalised domain belongs to a provider of private mailboxes.
 *
 * @param domain a normalised domain
 */
export function isFreemailDomain(domain: string): boolean {
  return freemailDomains.some((known) => known === domain);
}
