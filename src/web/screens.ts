import {
  IconChartDots3,
  IconDatabase,
  IconFilter2,
  IconLayoutDashboard,
  IconMail,
  IconReportMoney,
  IconSpeakerphone,
} from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { AppText } from "../locales/app-texts.ts";

/** A screen of the app: an entry here, a folder in features, its texts. */
export interface Screen {
  readonly id: string;
  readonly path: string;
  readonly group: "results" | "journey" | "base";
  readonly title: AppText;
  readonly icon: typeof IconDatabase;
  readonly load: () => Promise<{ readonly Screen: ComponentType }>;
  /** Shows the choice of attribution model and window. */
  readonly isAttributed?: true;
  /** Works without any data. */
  readonly worksEmpty?: true;
  /** Shows the same whatever period and filters are chosen: they are not on its page. */
  readonly isTimeless?: true;
}

/** Every screen that exists, in the order of the navigation. */
export const screens: readonly Screen[] = [
  {
    id: "overview",
    path: "/",
    group: "results",
    title: "nav.overview",
    icon: IconLayoutDashboard,
    load: () => import("./features/overview/screen.tsx"),
  },
  {
    id: "channels",
    path: "/channels",
    group: "results",
    title: "nav.channels",
    icon: IconSpeakerphone,
    load: () => import("./features/channels/screen.tsx"),
    isAttributed: true,
  },
  {
    id: "attribution",
    path: "/attribution",
    group: "results",
    title: "nav.attribution",
    icon: IconChartDots3,
    load: () => import("./features/attribution/screen.tsx"),
    isAttributed: true,
  },
  {
    id: "revenue",
    path: "/revenue",
    group: "results",
    title: "nav.revenue",
    icon: IconReportMoney,
    load: () => import("./features/revenue/screen.tsx"),
    isAttributed: true,
  },
  {
    id: "funnel",
    path: "/funnel",
    group: "journey",
    title: "nav.funnel",
    icon: IconFilter2,
    load: () => import("./features/funnel/screen.tsx"),
  },
  {
    id: "messaging",
    path: "/messaging",
    group: "journey",
    title: "nav.messaging",
    icon: IconMail,
    load: () => import("./features/messaging/screen.tsx"),
    isAttributed: true,
  },
  {
    id: "data",
    path: "/data",
    group: "base",
    title: "nav.data",
    icon: IconDatabase,
    load: () => import("./features/data/screen.tsx"),
    worksEmpty: true,
    isTimeless: true,
  },
];
