import { mauticContacts } from "./contacts.ts";
import { mauticMail } from "./mail.ts";
import { mauticVisits } from "./visits.ts";

/** Everything of this vendor that can be recognised. */
export const mautic = [...mauticContacts, ...mauticMail, ...mauticVisits] as const;
